import { randomBytes } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { openS3Client } from '../../server/store/s3-client.ts';

export interface TestBucket {
  /** The settings of a server that uses it. */
  readonly environment: Record<string, string>;
  /** Breaks the connections to the store, and refuses new ones, until it is called again with false. */
  cutOff(isCut: boolean): void;
  /** Takes connections and answers nothing. */
  hang(hangs: boolean): void;
  close(): Promise<void>;
}

/** A new bucket of the store at TEST_S3_ENDPOINT, which `.ci/s3` starts; null where there is none. */
export async function makeTestBucket(): Promise<TestBucket | null> {
  const endpoint = process.env.TEST_S3_ENDPOINT;
  if (!endpoint) return null;
  const bucket = `armoire-test-${randomBytes(6).toString('hex')}`;
  const keys = {
    S3_ACCESS_KEY_ID: process.env.TEST_S3_KEY ?? 'test',
    S3_SECRET_ACCESS_KEY: process.env.TEST_S3_SECRET ?? 'test',
  };
  const between = await openBetween(new URL(endpoint));
  const place = { endpoint: between.url, bucket, region: 'us-east-1' };
  const ask = openS3Client({
    ...place,
    accessKeyId: keys.S3_ACCESS_KEY_ID,
    secretAccessKey: keys.S3_SECRET_ACCESS_KEY,
  });
  await ask({ method: 'PUT' });
  return {
    environment: { S3_ENDPOINT: place.endpoint, S3_BUCKET: bucket, ...keys },
    cutOff: between.cutOff,
    hang: between.hang,
    close: between.close,
  };
}

/** Hands bytes on to the store and back. */
async function openBetween(store: URL) {
  const open = new Set<Socket>();
  let isCut = false;
  let hangs = false;
  const server = createServer((client) => {
    if (isCut) return void client.destroy();
    if (hangs) return void open.add(client.on('error', () => undefined));
    const remote = connect(Number(store.port), store.hostname);
    for (const [socket, other] of [
      [client, remote],
      [remote, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutOff(cut: boolean) {
      isCut = cut;
      if (cut) drop();
    },
    hang(hang: boolean) {
      hangs = hang;
      drop();
    },
    async close() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
