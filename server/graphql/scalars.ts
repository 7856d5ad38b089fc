import { GraphQLError, GraphQLID, GraphQLScalarType, type GraphQLSchema, GraphQLString, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars';
import { wellFormed } from '../vocabulary/text.ts';

/** Dates are given out in UTC, as ISO 8601. */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  name: 'DateTime',
  description: 'A date and time in UTC (ISO 8601), such as 2026-01-31T12:00:00.000Z.',
  specifiedByURL: null,
});

/** A text, on the way in and out. */
export const LocalDate = new GraphQLScalarType({
  ...GraphQLLocalDate.toConfig(),
  name: 'LocalDate',
  description: 'A day without a time (ISO 8601), such as 2026-01-31.',
  specifiedByURL: null,
});

/** As graphql-js has them, before `guardTexts` changes what they read. */
const READ = [GraphQLString, GraphQLID].map(({ name, parseValue, parseLiteral }) => ({
  name,
  parseValue,
  parseLiteral,
}));

/**
 * Every text that a client sends is read by String or ID, as a variable or in the query itself. Here they refuse the
 * character NUL and make all else well-formed, so that no resolver can forget to. The two are graphql-js's own, which a
 * schema cannot replace.
 */
export function guardTexts(schema: GraphQLSchema): void {
  for (const { name, parseValue, parseLiteral } of READ) {
    const scalar = schema.getType(name);
    if (!(scalar instanceof GraphQLScalarType)) continue;
    scalar.parseValue = (value) => readText(parseValue(value));
    scalar.parseLiteral = (node, variables) => {
      const text = parseLiteral(node, variables);
      return node.kind === Kind.STRING ? readText(text) : text;
    };
  }
}

function readText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.includes('\0')) throw new GraphQLError('Text must not contain the NUL character.');
  return wellFormed(value);
}
