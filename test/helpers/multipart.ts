import { connect } from 'node:net';

const BOUNDARY = 'a-boundary';

/** One part of a multipart body, written out by hand so that it may be wrong. */
export function part(disposition: string, content: string | Buffer, headers = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n${headers}\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
}

export const START = Buffer.from(`--${BOUNDARY}\r\n`);

export const END = Buffer.from(`--${BOUNDARY}--\r\n`);

export const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;

export interface RawAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into an answer as deep as it likes.
  readonly body: any;
  readonly headers: Headers;
}

/** Sends parts as they are. */
export async function sendParts(
  url: string,
  parts: readonly Buffer[],
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': MULTIPART, 'apollo-require-preflight': 'true', ...headers },
    body: new Uint8Array(Buffer.concat(parts)),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** Sends the start of a request, and no more of it; what the server says to that, until it closes the connection. */
export function sendStart(
  url: string,
  start: string | Buffer,
  options: { hangUpAfter?: number } = {},
): Promise<string> {
  const { answer, hangUp, ended } = openStart(url, start);
  if (options.hangUpAfter !== undefined) setTimeout(hangUp, options.hangUpAfter);
  return ended.then(answer);
}

/** The same, with what the server has said so far, and more to send. */
export function openStart(url: string, start: string | Buffer, localAddress?: string) {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, ...(localAddress && { localAddress }) }, () =>
    socket.write(start),
  );
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
  });
  const ended = new Promise<void>((resolve) => {
    socket.on('error', () => undefined).on('close', () => resolve());
  });
  return {
    answer: () => text,
    send: (more: string) => void socket.write(more),
    hangUp: () => void socket.destroy(),
    ended,
  };
}
