import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { RequestHandler } from 'express';
import { ERROR_CODES } from '../errors/codes.ts';
import { firstField } from '../graphql/first-field.ts';
import { API_PATHS } from '../http/api-paths.ts';
import type { Instruments } from './instruments.ts';

const ROUTES = new Set([...API_PATHS, '/widget', '/backup', '/healthz', '/livez']);
const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** Measures HTTP requests. */
export function observeRequests({ requests }: Instruments): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    const route = routeOf(request.path);
    const method = METHODS.has(request.method) ? request.method : 'other';
    response.once('close', () => {
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) return;
      const status = response.writableFinished ? `${Math.floor(response.statusCode / 100)}xx` : 'aborted';
      requests.observe({ route, method, status }, (performance.now() - begun) / 1000);
    });
    next();
  };
}

/** `/images/…` → images; what is not the API's is a page. */
function routeOf(path: string): string {
  const first = /^\/[^/]*/.exec(path)?.[0] ?? '';
  return ROUTES.has(first) ? first.slice(1) : 'page';
}

/** Measures GraphQL operations, and counts their errors. */
export function observeOperations({ operations, errors }: Instruments): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      const begun = performance.now();
      return {
        async willSendResponse({ operation, errors: refused, response: { body } }) {
          const found = body.kind === 'single' ? body.singleResult.errors : undefined;
          for (const { extensions } of found ?? []) errors.inc({ code: codeOf(extensions?.code) });
          // Validated, so that the field is one of the schema's.
          if (
            !operation ||
            refused?.some(({ extensions }) => extensions.code === 'GRAPHQL_VALIDATION_FAILED')
          )
            return;
          const field = firstField(operation);
          operations.observe({ type: operation.operation, field }, (performance.now() - begun) / 1000);
        },
      };
    },
  };
}

function codeOf(code: unknown): string {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code) ? code : 'other';
}
