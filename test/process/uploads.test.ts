import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { END, MULTIPART, part } from '../helpers/multipart.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { type ServingProcess, startServingProcess } from '../helpers/serving-process.ts';

/**
 * Each of another address. As browsers do: a connection that closes with its answer may lose the answer while the body
 * is being sent.
 */
const AGENTS = Array.from(
  { length: 10 },
  (_, n) => new Agent({ keepAlive: true, localAddress: `127.0.0.${n + 1}` }),
);
/** What the serving process may hold, in MiB. */
const MOST = 1024;
const UPLOADS = 60;
const BYTES = 20 * 1024 * 1024;
/** What all addresses together may have under way: each may have four. */
const PLACES = 32;

// The kernel's record of a process's memory is there on Linux alone.
describe.skipIf(!existsSync('/proc/self/clear_refs'))(`${UPLOADS} uploads of 20 MB at once`, () => {
  let server: ServingProcess;
  beforeAll(async () => {
    server = await startServingProcess();
  });
  afterAll(() => {
    for (const agent of AGENTS) agent.destroy();
    return server?.stop();
  });

  it('are each answered, most of them with a refusal, and stay within the memory', async () => {
    const body = await bodyOf(BYTES);
    server.resetPeak();
    const codes = await Promise.all(
      Array.from({ length: UPLOADS }, (_, n) => send(server.url, body, AGENTS[n % AGENTS.length])),
    );
    const count = (code: string) => codes.filter((one) => one === code).length;
    const peak = Math.round(server.peak());
    const refused = count('RATE_LIMITED') + count('BUSY');
    console.log(`${count('ok')} parsed, ${refused} refused, at most ${peak} MiB`);
    // A place that is given back early may be taken by one that was slow to arrive.
    expect(count('ok')).toBeGreaterThanOrEqual(PLACES);
    expect(count('ok') + refused).toBe(UPLOADS);
    expect(peak).toBeLessThanOrEqual(MOST);
    expect(await send(server.url, body)).toBe('ok');
  });
});

/** A good picture, with nothing behind it up to its size. */
async function bodyOf(bytes: number): Promise<Buffer> {
  const picture = await drawPicture({ format: 'jpeg' });
  const query = 'mutation ($file: Upload!) { parsePhoto(image: $file) { id } }';
  return Buffer.concat([
    part('name="operations"', JSON.stringify({ query, variables: { file: null } })),
    part('name="map"', JSON.stringify({ 0: ['variables.file'] })),
    part('name="0"; filename="a.jpg"', Buffer.concat([picture, Buffer.alloc(bytes - picture.length)])),
    END,
  ]);
}

/** The answer's code, which may come while the body is still being sent. */
function send(url: string, body: Buffer, agent = AGENTS[0]): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': MULTIPART,
      'apollo-require-preflight': '1',
      'content-length': body.length,
    };
    const sending = request(`${url}/graphql`, { method: 'POST', headers, agent });
    sending.on('error', reject).on('response', (response) => {
      text(response).then((answer) => resolve(/"code":"([A-Z_]+)"/.exec(answer)?.[1] ?? 'ok'), reject);
    });
    sending.end(body);
  });
}
