import { GraphQLError, GraphQLID, GraphQLScalarType, type GraphQLSchema, GraphQLString, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars';
import { wellFormed } from '../vocabulary/text.ts';

const DATES = GraphQLDateTime.toConfig();

/** Years that ISO 8601 writes with four digits, also in UTC, and that the database has: it knows no year 0. */
function readTime(time: Date): Date {
  const year = time.getUTCFullYear();
  if (year >= 1 && year <= 9999) return time;
  throw new GraphQLError('A time must lie in the years 0001 to 9999, in UTC.');
}

/** Dates are given out in UTC, as ISO 8601. */
export const DateTime = new GraphQLScalarType({
  ...DATES,
  parseValue: (value) => readTime(DATES.parseValue(value)),
  parseLiteral: (node, variables) => readTime(DATES.parseLiteral(node, variables)),
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
