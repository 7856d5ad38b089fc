import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';

const WEB = fileURLToPath(new URL('../web', import.meta.url));

/** The pages of web/, built before by `next build web`. */
export async function openPages(place: { host: string; port: number }): Promise<RequestHandler> {
  // Loaded here alone, so that a server without pages does not pay for it.
  const { default: next } = await import('next');
  const pages = next({ dev: false, dir: WEB, hostname: place.host, port: place.port, quiet: true });
  await pages.prepare();
  const handle = pages.getRequestHandler();
  return (request, response) => handle(request, response);
}
