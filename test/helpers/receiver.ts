import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A delivery of a webhook as it arrived. */
export interface Received {
  readonly path: string;
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into what its own events tell.
  readonly data: any;
}

type Answer = number | 'cut' | 'hang';

export interface Receiver {
  readonly host: string;
  /** Another after each `forget`. */
  readonly url: string;
  /** Every attempt that came through, in order. */
  readonly attempts: Received[];
  /** Those of them that were answered with a status from 200 to 299. */
  readonly taken: Received[];
  /** The status to answer with; 'cut' breaks the connection off, 'hang' never answers. */
  answer: (received: Received) => Answer | Promise<Answer>;
  /** As if just opened. What is sent to a `url` of before, as what a stop cut off is, is taken and not noted. */
  forget(): void;
  close(): Promise<void>;
}

/** A shop's system that is told of events. */
export async function openReceiver(): Promise<Receiver> {
  let path = '/';
  const server: Server = createServer(async (request, response) => {
    const received = await read(request);
    if (!received.path.startsWith(path)) return void response.writeHead(204).end();
    receiver.attempts.push(received);
    const answer = await receiver.answer(received);
    if (answer === 'hang') return;
    if (answer === 'cut') return void request.socket.destroy();
    if (answer >= 200 && answer < 300) receiver.taken.push(received);
    response.writeHead(answer).end(`answered ${answer}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const receiver: Receiver = {
    host,
    url: `http://${host}`,
    attempts: [],
    taken: [],
    answer: () => 204,
    forget() {
      path = `/${randomUUID()}`;
      Object.assign(receiver, { url: `http://${host}${path}`, attempts: [], taken: [], answer: () => 204 });
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const { type, data } = JSON.parse(body);
  const id = String(request.headers['webhook-id']);
  return { path: request.url ?? '', id, headers: request.headers, body, type, data };
}
