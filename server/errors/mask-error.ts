import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '../log.ts';
import { brief } from './brief.ts';
import { ArmoireError } from './errors.ts';
import { isUnavailable, RETRY_SECONDS } from './unavailable.ts';

export const NESTED = 'The document is nested too deeply.';

/** Of one error: graphql-js names every place where fields of one name differ. */
const MOST_LOCATIONS = 10;

/** Logs an error that is not the client's fault, and makes the response, whose reference leads to the log entry. */
export function logServerError(
  log: Log,
  what: string,
  error: unknown,
): { message: string; extensions: Record<string, unknown> } {
  const reference = log.error(what, error);
  if (isUnavailable(error)) {
    return {
      message: `The server is temporarily unavailable. It was logged as ${reference}; try again shortly.`,
      extensions: { code: 'UNAVAILABLE', reference, retryAfter: RETRY_SECONDS },
    };
  }
  return {
    message: `Something went wrong on the server. It was logged as ${reference}.`,
    extensions: { code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR, reference },
  };
}

/** Apollo's error formatter: our own errors as they are, GraphQL's own without stack, all others masked and logged. */
export function maskErrors(log: Log) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const { locations, path } = formatted;
    const place = {
      ...(locations && { locations: locations.slice(0, MOST_LOCATIONS) }),
      ...(path && { path }),
    };
    const code = formatted.extensions?.code;
    // Apollo also wraps what its plugins throw, such as that of a limit whose database is away.
    const error =
      code === ApolloServerErrorCode.INTERNAL_SERVER_ERROR ? originalOf(thrown) : unwrapResolverError(thrown);
    if (error instanceof ArmoireError) {
      const { message, extensions } = error;
      return { message: brief(message), ...place, extensions: { code: error.code, ...extensions } };
    }
    if (typeof code === 'string' && code !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR) {
      const { retryAfter } = formatted.extensions ?? {};
      const extensions = { code, ...(retryAfter !== undefined && { retryAfter }) };
      const message = isStackOverflow(formatted.message) ? NESTED : brief(formatted.message);
      return { message, ...place, extensions };
    }
    if (error instanceof GraphQLError && isOfTheRequest(error)) {
      const { BAD_USER_INPUT } = ApolloServerErrorCode;
      return { message: brief(formatted.message), ...place, extensions: { code: BAD_USER_INPUT } };
    }
    const where = path ? ` at ${path.join('.')}` : '';
    return { ...logServerError(log, `A request failed${where}.`, error), ...place };
  };
}

/** graphql-js reads what is nested by calling itself, so that the nesting ends it before the number of tokens does. */
export function isStackOverflow(message: string): boolean {
  return message === 'Maximum call stack size exceeded';
}

function originalOf(thrown: unknown): unknown {
  return thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
}

/** graphql-js's own word on variables or directives, before any field is resolved; Apollo knows some of them alone. */
function isOfTheRequest({ path, originalError }: GraphQLError): boolean {
  return path === undefined && originalError === undefined;
}
