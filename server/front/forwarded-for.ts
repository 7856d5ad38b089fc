import type { IncomingMessage } from 'node:http';

/** X-Forwarded-For with the client's address at the end, where the server looks: what the client sends tells nothing. */
export function forwardedFor({ headers, socket }: IncomingMessage): string {
  const before = headers['x-forwarded-for'];
  const { remoteAddress = '' } = socket;
  return before ? `${before}, ${remoteAddress}` : remoteAddress;
}
