import type { Request, RequestHandler, Response } from 'express';
import type { Database } from '../db/database.ts';
import { clientOf } from './client.ts';
import { hostOf, patternsOf } from './domains.ts';
import { isWidgetDomain } from './keys.sql.ts';
import { remember } from './remember.ts';

/**
 * How long browsers cache a preflight: a day for our own sites, and for widgets as long as a revoked key may still
 * work.
 */
const OWN_SITE_SECONDS = 86_400;
const WIDGET_SECONDS = 600;
/** So that nobody can cause a database query with every preflight. */
const REMEMBERED_MS = 30_000;

/**
 * Allows browser calls from these origins and from the hosts that some widget key lists. The preflight carries no key,
 * so the key's own hosts are checked on the request that follows. Any other site gets no CORS headers, and browsers
 * block it.
 */
export function allowOrigins(origins: readonly string[], db: Database): RequestHandler {
  const own = new Set(origins);
  const isListed = remember(REMEMBERED_MS, (host, client: string) =>
    db.as(`preflights of ${client}`).asOwner((tx) => isWidgetDomain(tx, patternsOf(host))),
  );
  return async (request, response, next) => {
    response.vary('Origin');
    const origin = request.get('origin');
    if (!origin) return next();
    if (own.has(origin)) {
      allowOrigin(response, origin);
      if (request.method === 'OPTIONS') return answerPreflight(response, OWN_SITE_SECONDS);
    } else if (isPreflight(request)) {
      const host = hostOf(origin, undefined);
      if (host !== null && (await isListed(host, clientOf(request.ip)))) {
        allowOrigin(response, origin);
        return answerPreflight(response, WIDGET_SECONDS);
      }
    }
    next();
  };
}

export function allowOrigin(response: Response, origin: string): void {
  response.set('Access-Control-Allow-Origin', origin);
}

function isPreflight(request: Request): boolean {
  return request.method === 'OPTIONS' && request.get('access-control-request-method') !== undefined;
}

function answerPreflight(response: Response, seconds: number): void {
  response.set({
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Allow-Headers':
      'authorization, content-type, apollo-require-preflight, mcp-protocol-version',
    'Access-Control-Max-Age': String(seconds),
  });
  response.sendStatus(204);
}
