import type { RequestHandler } from 'express';

/** Lets these origins call from a browser. Without any, no header is sent and browsers keep other sites out. */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins);
  return (request, response, next) => {
    if (allowed.size === 0) return next();
    response.vary('Origin');
    const origin = request.get('origin');
    if (!origin || !allowed.has(origin)) return next();
    response.set('Access-Control-Allow-Origin', origin);
    if (request.method !== 'OPTIONS') return next();
    response.set({
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Allow-Headers': 'authorization, content-type, apollo-require-preflight',
      'Access-Control-Max-Age': '86400',
    });
    response.sendStatus(204);
  };
}
