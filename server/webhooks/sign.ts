import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

const SECRET_BYTES = 32;

export function makeSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** As a shop is shown its secret, once. */
export function textOf(secret: Buffer): string {
  return `whsec_${secret.toString('base64')}`;
}

/**
 * The headers of the Standard Webhooks specification: HMAC-SHA256 over id, time and body, by each secret that is valid.
 */
export function signedHeaders(
  { id, body, at }: { id: string; body: string; at: Date },
  secrets: readonly Buffer[],
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(textOf(secret)).sign(id, at, body)).join(' '),
  };
}
