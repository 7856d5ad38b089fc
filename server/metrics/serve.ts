import { createServer, type Server } from 'node:http';
import type { Registry } from 'prom-client';

/** `GET /metrics`, on a port of its own that nobody outside should reach: the figures are of all shops. */
export function makeMetricsServer(registry: Registry): Server {
  return createServer(async (request, response) => {
    if (request.url !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404).end();
      return;
    }
    try {
      const text = await registry.metrics();
      response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : text);
    } catch {
      response.writeHead(500).end();
    }
  });
}
