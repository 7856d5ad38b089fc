import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';

/** Dates are given out in UTC, as ISO 8601. */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  name: 'DateTime',
  description: 'A point of time in UTC, such as 2026-01-31T12:00:00.000Z.',
  specifiedByURL: null,
});
