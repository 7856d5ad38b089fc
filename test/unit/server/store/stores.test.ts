import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { downloadNew, isEmpty, uploadAll } from '../../../../server/backup/bucket.ts';
import { readFeed } from '../../../../server/catalogue/feed/read.ts';
import { openStaged, stageUpload } from '../../../../server/catalogue/staging/staging.ts';
import { loadConfig } from '../../../../server/config.ts';
import { NotFoundError } from '../../../../server/errors/errors.ts';
import { isUnavailable } from '../../../../server/errors/unavailable.ts';
import { openImageStore } from '../../../../server/images/store.ts';
import type { FileStore } from '../../../../server/store/file-store.ts';
import { openFolderStore } from '../../../../server/store/folder-store.ts';
import { openStore } from '../../../../server/store/open-store.ts';
import { openS3Client } from '../../../../server/store/s3-client.ts';
import { openS3Store } from '../../../../server/store/s3-store.ts';
import { makeTestBucket } from '../../../helpers/bucket.ts';
import { zipOf } from '../../../helpers/zip.ts';

vi.setConfig({ testTimeout: 60_000 });

const bucket = await makeTestBucket();
if (!bucket) console.log('The store in a bucket is not tested: TEST_S3_ENDPOINT is not set.');
const MIB = 1024 * 1024;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-store-'));
});
afterAll(async () => {
  await bucket?.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each(['folder', 'bucket'] as const)('a store in a %s', (kind) => {
  const isThere = kind === 'folder' || bucket !== null;
  let store: FileStore;
  beforeAll(async () => {
    if (!isThere) return;
    const environment = kind === 'bucket' ? bucket!.environment : {};
    const config = loadConfig({ ...environment, DATA_DIR: join(folder, kind) });
    store = await openStore(config);
    if (!config.s3) return;
    // Lists come in pages of ten instead of a thousand.
    const ask = openS3Client(config.s3);
    store = openS3Store(config.s3, (request) => {
      const query = request.query?.['list-type'] ? { ...request.query, 'max-keys': '10' } : request.query;
      return ask(query ? { ...request, query } : request);
    });
  });

  it.skipIf(!isThere).each([0, 5, 8 * MIB, 19 * MIB + 1])('keeps a stream of %i bytes', async (size) => {
    const bytes = randomBytes(size);
    await store.putStream('imports/a/upload', inChunks(bytes));
    const read: Buffer[] = [];
    for await (const chunk of store.stream('imports/a/upload')) read.push(chunk as Buffer);
    expect(Buffer.concat(read).equals(bytes)).toBe(true);
    expect(await store.stat('imports/a/upload')).toMatchObject({ key: 'imports/a/upload', bytes: size });
    expect(await store.readRange('imports/a/upload', 3, 9)).toEqual(bytes.subarray(3, 9));
  });

  it.skipIf(!isThere)('keeps nothing of a stream that is cut off', async () => {
    async function* cutOff() {
      yield* inChunks(randomBytes(9 * MIB));
      throw new Error('cut off');
    }
    await expect(store.putStream('imports/cut/upload', cutOff())).rejects.toThrow('cut off');
    expect(await store.stat('imports/cut/upload')).toBeNull();
  });

  it.skipIf(!isThere)('keeps a file outside of its folders, and replaces it', async () => {
    for (const text of ['one', 'two']) await store.put('owner', Buffer.from(text));
    expect((await store.read('owner'))?.toString()).toBe('two');
  });

  it.skipIf(!isThere)('lists and deletes, and knows what is not there', async () => {
    for (let i = 0; i < 23; i++) await store.put(`previews/many/${i}/name`, Buffer.from('x'));
    const keysOf = async (key: string) => {
      const keys: string[] = [];
      for await (const found of store.list(key)) keys.push(found.key);
      return keys;
    };
    expect(new Set(await keysOf('previews')).size).toBe(23);
    await store.delete('previews/many/7/name');
    await store.delete('previews/many/7/name');
    expect(await store.read('previews/many/7/name')).toBeNull();
    await store.deleteFolder('previews/many');
    expect(await keysOf('previews')).toEqual([]);
  });

  it.skipIf(!isThere)('has pictures by their sums, as recent as they were last stored', async () => {
    const images = openImageStore(store);
    const sha256 = await images.put(Buffer.from('a picture'));
    expect(await images.put(Buffer.from('a picture'))).toBe(sha256);
    expect(await images.age(sha256)).toBeLessThan(60_000);
    const listed: string[] = [];
    for await (const found of images.list(sha256.slice(0, 2))) listed.push(found.sha256);
    expect(listed).toEqual([sha256]);
    await images.delete(sha256);
    await expect(images.read(sha256)).rejects.toThrow('There is no such image.');
  });

  it.skipIf(!isThere)('reads a staged zip where it is', async () => {
    const pictures = Array.from({ length: 30 }, () => randomBytes(40_000));
    const zip = await zipOf({
      'feed.csv': `id,title,image_link\n${pictures.map((_, i) => `${i},Skirt,${i}.png`).join('\n')}\n`,
      ...Object.fromEntries(pictures.map((bytes, i) => [`${i}.png`, bytes])),
    });
    await stageUpload(store, 'job', Readable.from([zip]), 10 * MIB);
    const files = await openStaged(store, 'job');
    let rows = 0;
    for await (const read of readFeed(files)) if ('row' in read) rows += 1;
    expect(rows).toBe(30);
    const read = await Promise.all(pictures.map((_, i) => files.readImage(`${29 - i}.png`)));
    expect(read.reverse().map((bytes, i) => bytes.equals(pictures[i]!))).toEqual(Array(30).fill(true));
    await files.close();
    const small = stageUpload(store, 'small', Readable.from([zip]), 1000);
    await expect(small).rejects.toThrow('The feed is larger than');
    expect(await store.stat('imports/small/source.json')).toBeNull();
  });
});

describe.skipIf(!bucket)('a bucket', () => {
  it('comes into a backup and back out of it, without what came later', async () => {
    const store = await openStore(loadConfig(bucket!.environment));
    const images = openImageStore(store);
    const kept = await images.put(Buffer.from('kept'));
    const backup = await mkdtemp(join(folder, 'backup-'));
    await downloadNew(store, backup);
    await images.delete(kept);
    const later = await images.put(Buffer.from('later'));
    await uploadAll(store, backup);
    expect([await images.has(kept), await images.has(later)]).toEqual([true, false]);
    expect(await isEmpty(store)).toBe(false);
  });

  it('that is cut off in the middle of a zip is no fault of the zip', async () => {
    const store = await openStore(loadConfig(bucket!.environment));
    const zip = await zipOf({
      'feed.csv': 'id,title,image_link\na,Skirt,a.png\n',
      'a.png': randomBytes(600_000),
    });
    await stageUpload(store, 'cut', Readable.from([zip]), 10 * MIB);
    const files = await openStaged(store, 'cut');
    bucket!.cutOff(true);
    try {
      const error = await files.readImage('a.png').catch((thrown: unknown) => thrown);
      expect(isUnavailable(error)).toBe(true);
    } finally {
      bucket!.cutOff(false);
    }
    expect(await files.readImage('a.png')).toHaveLength(600_000);
  });

  it('that hangs is given up in time', async () => {
    const { S3_ENDPOINT: endpoint = '', S3_BUCKET: name = '' } = bucket!.environment;
    const place = { endpoint, bucket: name, region: 'us-east-1', accessKeyId: 'a', secretAccessKey: 'b' };
    bucket!.hang(true);
    try {
      const error = await openS3Client(place, 200)({ method: 'HEAD' }).catch((thrown: unknown) => thrown);
      expect(isUnavailable(error)).toBe(true);
    } finally {
      bucket!.hang(false);
    }
  });

  it('has its settings whole, or none', () => {
    const { S3_BUCKET: _, ...others } = bucket!.environment;
    expect(() => loadConfig(others)).toThrow('A bucket needs S3_BUCKET too.');
  });
});

it('an image whose bytes are not those that were stored is not taken for it', async () => {
  const store = openFolderStore(join(folder, 'damaged'));
  const images = openImageStore(store);
  const shared = openImageStore({ ...store, isShared: true });
  const sha256 = await images.put(Buffer.from('a picture'));
  expect(String(await images.read(sha256))).toBe('a picture');
  await store.put(`images/${sha256.slice(0, 2)}/${sha256.slice(2)}.webp`, Buffer.from('<html>Log in</html>'));
  await expect(images.read(sha256)).rejects.toThrow(NotFoundError);
  expect(isUnavailable(await shared.read(sha256).catch((thrown: unknown) => thrown))).toBe(true);
});

it.each([302, 401, 403])('a bucket that answers with %i is unavailable', async (status) => {
  const gateway = createServer((_, response) => response.writeHead(status).end()).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const endpoint = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  const place = { endpoint, bucket: 'b', region: 'us-east-1', accessKeyId: 'a', secretAccessKey: 'b' };
  const error = await openS3Client(place)({ method: 'GET', key: 'k' }).catch((thrown: unknown) => thrown);
  expect(isUnavailable(error)).toBe(true);
  expect(String(error)).toContain(`status ${status}`);
  gateway.close();
});

it('a bucket that is gone is unavailable, and does not lose its files by it', async () => {
  const code = { of: 'NoSuchBucket' };
  const gone = createServer((_, response) =>
    response.writeHead(404).end(`<Error><Code>${code.of}</Code></Error>`),
  ).listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const endpoint = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
  const store = openS3Store({
    endpoint,
    bucket: 'b',
    region: 'us-east-1',
    accessKeyId: 'a',
    secretAccessKey: 'b',
  });
  const asked = {
    put: () => store.put('k', Buffer.from('a')),
    putStream: () => store.putStream('k', inChunks(randomBytes(9 * MIB))),
    read: () => store.read('k'),
    readRange: () => store.readRange('k', 0, 1),
    stat: () => store.stat('k'),
    delete: () => store.delete('k'),
    check: () => store.check(),
  };
  const thrown = async (ask: () => Promise<unknown>) =>
    isUnavailable(await ask().catch((error: unknown) => error));
  for (const [name, ask] of Object.entries(asked)) expect([name, await thrown(ask)]).toEqual([name, true]);
  code.of = 'NoSuchKey';
  expect(await store.read('k')).toBeNull();
  expect(await thrown(asked.readRange)).toBe(false);
  gone.close();
});

it('a bucket that never ends its answers, or its lists, is read no further than is wanted', async () => {
  const page =
    '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>a</NextContinuationToken></ListBucketResult>';
  const liar = createServer((request, response) => {
    if (request.url?.includes('list-type')) return response.end(page);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(MIB, 'x')));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  }).listen(0, '127.0.0.1');
  await once(liar, 'listening');
  const endpoint = `http://127.0.0.1:${(liar.address() as AddressInfo).port}`;
  const place = { endpoint, bucket: 'b', region: 'us-east-1', accessKeyId: 'a', secretAccessKey: 'b' };
  const store = openS3Store(place, openS3Client(place, 5000));
  expect(String(await store.readRange('k', MIB - 2, MIB + 3))).toBe('xxxxx');
  await expect(store.read('k')).rejects.toThrow('The store sends more than any file here has.');
  const listed = async () => {
    for await (const _ of store.list('images'));
  };
  await expect(listed()).rejects.toThrow('over and over');
  liar.closeAllConnections();
  liar.close();
});

it('a folder keeps its name wherever it is moved', async () => {
  const { name } = await openStore({ dataDir: join(folder, 'named') });
  expect((await openStore({ dataDir: join(folder, 'named') })).name).toBe(name);
  expect((await openStore({ dataDir: join(folder, 'other') })).name).not.toBe(name);
});

it('a key that leaves the folder is refused', async () => {
  await writeFile(join(folder, 'outside'), 'secret');
  const store = openFolderStore(join(folder, 'inside'));
  expect(() => store.read('../outside')).toThrow('is no key');
  expect(await readdir(folder)).toContain('outside');
});

async function* inChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

describe('a bucket behind a gateway', () => {
  const place = {
    endpoint: 'http://store.example',
    bucket: 'b',
    region: 'r',
    accessKeyId: 'k',
    secretAccessKey: 's',
  };
  const answer = (text: string, status = 200, headers: Record<string, string> = {}) => ({
    status,
    headers: new Headers(headers),
    body: Buffer.from(text),
  });

  it('that loses the answer to the end of an upload is asked whether the file is there', async () => {
    let stored = 9 * MIB;
    const store = openS3Store(place, async ({ method, query }) => {
      if (query?.uploads === '')
        return answer(
          '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>',
        );
      if (method === 'HEAD') return answer('', 200, { 'content-length': String(stored) });
      return answer('', method === 'POST' ? 404 : 200, { etag: 'e' });
    });
    const put = () => store.putStream('imports/a/upload', inChunks(Buffer.alloc(9 * MIB)));
    await put();
    stored = 1;
    await expect(put()).rejects.toSatisfy(isUnavailable);
  });

  it('that answers with a page of its own lists no empty folder', async () => {
    const store = openS3Store(place, async () => answer('<html><body>Sign in</body></html>'));
    await expect(isEmpty(store)).rejects.toSatisfy(isUnavailable);
  });

  it('that says nothing of the time has no old file', async () => {
    const store = openS3Store(place, async () => answer('', 200, { 'content-length': '5' }));
    expect(await store.stat('images/ab/c.webp')).toMatchObject({ bytes: 5, age: 0 });
  });
});
