import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeShop } from '../helpers/factories.ts';
import { END, MULTIPART, openStart, part, START, sendParts, sendStart } from '../helpers/multipart.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
beforeAll(async () => {
  // What is refused here is so for want of a place.
  server = await makeTestServer({ environment: { PARSES_PER_MINUTE: '1000000' } });
});
afterAll(() => server.close());

const QUERY = 'mutation ($file: Upload!) { parsePhoto(image: $file) { id } }';
const operations = (variables: unknown = { file: null }) =>
  part('name="operations"', JSON.stringify({ query: QUERY, variables }));
const map = (value: unknown = { 0: ['variables.file'] }) => part('name="map"', JSON.stringify(value));
const file = (content: string | Buffer, name = 'name="0"; ') => part(`${name}filename="a.png"`, content);
const PREFLIGHT = 'apollo-require-preflight: 1';
const headOf = (headers: string) =>
  `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: ${MULTIPART}\r\n${headers}\r\nContent-Length: 1000000\r\n\r\n`;
const codeOf = ({ body }: { body: { errors?: { extensions: { code: string } }[] } }) =>
  body.errors?.[0]?.extensions.code;

describe('the map of an upload', () => {
  const deep = { 0: [`variables.${'a.'.repeat(120_000)}file`] };

  it('is not read where a page of another site could have sent it', async () => {
    const before = process.memoryUsage().rss;
    const answer = await sendParts(server.url, [operations(), map(deep), file(''), END], {
      'apollo-require-preflight': '',
    });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('may not name a path of many segments', async () => {
    const before = process.memoryUsage().rss;
    const answer = await sendParts(server.url, [operations(), map(deep), file(''), END]);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_MULTIPART']);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it.each([
    ['nine segments', { 0: ['variables.a.b.c.d.e.f.g.h'] }],
    ['a prototype', { 0: ['variables.__proto__.polluted'] }],
    ['a prototype itself', { 0: ['variables.__proto__'] }],
    ['a constructor', { 0: ['variables.constructor.prototype.polluted'] }],
    ['the query', { 0: ['query'] }],
    ['a place that is not null', { 0: ['variables.taken'] }],
    ['no such place', { 0: ['variables.other'] }],
    ['an empty path', { 0: [''] }],
    ['a path that is no text', { 0: [1] }],
    ['no paths', { 0: [] }],
    ['a path alone', { 0: 'variables.file' }],
    ['very many paths', { 0: Array(1000).fill('variables.file') }],
    ['several files', { 0: ['variables.file'], 1: ['variables.second'] }],
    ['a list', [['variables.file']]],
    ['nothing', null],
  ])('may not name %s', async (_, value) => {
    const variables = { file: null, second: null, taken: 'x' };
    const answer = await sendParts(server.url, [operations(variables), map(value), file('x'), END]);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_MULTIPART']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('may be as long as it needs to be, and no longer', async () => {
    const answer = await sendParts(server.url, [
      operations(),
      map({ 0: ['x'.repeat(300_000)] }),
      file('x'),
      END,
    ]);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_MULTIPART']);
  });
});

describe('an upload that is no good', () => {
  it.each<[string, () => Buffer[], string]>([
    ['has no operations', () => [map(), file('x'), END], 'BAD_MULTIPART'],
    ['has no map', () => [operations(), file('x'), END], 'BAD_MULTIPART'],
    ['has its map first', () => [map(), operations(), file('x'), END], 'BAD_MULTIPART'],
    ['has its file first', () => [file('x'), operations(), map(), END], 'BAD_MULTIPART'],
    ['has operations twice', () => [operations(), operations(), map(), file('x'), END], 'BAD_MULTIPART'],
    ['has a batch', () => [part('name="operations"', '[{}]'), map(), file('x'), END], 'BAD_MULTIPART'],
    [
      'has operations that are no JSON',
      () => [part('name="operations"', '{'), map(), file('x'), END],
      'BAD_MULTIPART',
    ],
    [
      'has a map that is no JSON',
      () => [operations(), part('name="map"', '{'), file('x'), END],
      'BAD_MULTIPART',
    ],
    ['has no file', () => [operations(), map(), END], 'FILE_MISSING'],
    ['has a file of another name', () => [operations(), map(), file('x', 'name="1"; '), END], 'FILE_MISSING'],
    ['has a file without a name', () => [operations(), map(), file('x', ''), END], 'BAD_MULTIPART'],
    ['has two files', () => [operations(), map(), file('x', 'name="1"; '), file('x'), END], 'BAD_MULTIPART'],
    [
      'has many fields',
      () => [operations(), part('name="x"', ''), part('name="y"', ''), map(), END],
      'BAD_MULTIPART',
    ],
    ['is cut off before its file', () => [operations(), map()], 'UPLOAD_CUT_OFF'],
    ['is cut off within its map', () => [operations(), map().subarray(0, -10)], 'UPLOAD_CUT_OFF'],
    ['is cut off within a header', () => [operations(), map(), file('x').subarray(0, 30)], 'UPLOAD_CUT_OFF'],
    ['is empty', () => [], 'UPLOAD_CUT_OFF'],
    ['is no multipart at all', () => [Buffer.from('{"query":"{ __typename }"}')], 'UPLOAD_CUT_OFF'],
  ])('is the client’s error, not ours: it %s', async (_, parts, code) => {
    const answer = await sendParts(server.url, parts());
    expect([answer.status, codeOf(answer)]).toEqual([400, code]);
    expect(server.logged).toEqual([]);
  });

  it('is the client’s error, not ours: it is cut off within its file', async () => {
    const answer = await sendParts(server.url, [operations(), map(), file(Buffer.alloc(200_000, 1))]);
    expect(codeOf(answer)).toBe('UPLOAD_CUT_OFF');
    expect(server.logged).toEqual([]);
  });

  // The parser waited for ever for somebody to read them, and the request held its place.
  it.each([
    ['no headers', '\r\n'],
    ['no disposition', 'X: y\r\n\r\n'],
    ['a disposition of another kind', 'Content-Disposition: attachment\r\n\r\n'],
    ['a name with a line break', 'Content-Disposition: form-data; name="a\nb"\r\n\r\n'],
  ])('is answered where a long part has %s', async (_, headers) => {
    for (const bytes of [20_000, 90_000, 200_000]) {
      const long = Buffer.concat([START, Buffer.from(`${headers}${'y'.repeat(bytes)}\r\n`)]);
      const answer = await sendParts(server.url, [long, END]);
      expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_MULTIPART']);
    }
  });

  it.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary=${'a'.repeat(300)}`,
  ])('is answered at once where it has no boundary: %s', async (type) => {
    const parts = [operations(), map(), file('x'), END];
    const answer = await sendParts(server.url, parts, { 'content-type': type });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_MULTIPART']);
  });

  it('is not waited for where its client hangs up', async () => {
    const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: ${MULTIPART}\r\napollo-require-preflight: 1\r\nContent-Length: 1000000\r\n\r\n`;
    await sendStart(
      server.url,
      Buffer.concat([Buffer.from(head), operations(), map(), file('x'.repeat(70_000))]),
      {
        hangUpAfter: 300,
      },
    );
    await expect.poll(() => uploadsOnDisk()).toEqual([]);
    expect(server.logged).toEqual([]);
  });
});

describe('an upload', () => {
  it('is taken, and leaves nothing behind', async () => {
    const { data } = await server.upload(QUERY, await drawPicture());
    expect(data.parsePhoto.id).toEqual(expect.any(String));
    await expect.poll(() => uploadsOnDisk()).toEqual([]);
  });

  it('may have exactly as many bytes as the limit says', async () => {
    const limit = server.services.config.limits.photoBytes;
    const picture = await drawPicture({ format: 'jpeg' });
    const padded = Buffer.concat([picture, Buffer.alloc(limit - picture.length)]);
    expect((await server.upload(QUERY, padded)).errors).toBeUndefined();
    const { errors } = await server.upload(QUERY, Buffer.concat([padded, Buffer.alloc(1)]));
    expect(errors?.[0]?.extensions.code).toBe('IMAGE_TOO_LARGE');
  });
});

describe('many uploads at once', () => {
  // How much memory they take is for test/process/uploads.test.ts, where the server has a process of its own.
  it('are admitted or refused before a byte of them is read', async () => {
    const sent = Array.from({ length: 60 }, () => openStart(server.url, headOf(PREFLIGHT)));
    try {
      const answered = () => sent.filter(({ answer }) => answer().endsWith('}'));
      await expect.poll(() => answered().length, { timeout: 20_000 }).toBe(56);
      for (const { answer } of answered()) {
        expect(answer()).toMatch(/^HTTP\/1.1 429 /);
        expect(answer()).toContain('RATE_LIMITED');
      }
    } finally {
      for (const { hangUp } of sent) hangUp();
    }
    const goes = async () => (await server.upload(QUERY, await drawPicture())).status;
    await expect.poll(goes, { timeout: 20_000 }).toBe(200);
  });

  it('of one shop, by whatever keys, do not keep another shop’s out', async () => {
    const keys = [await server.makeKey('merchandiser'), await server.makeKey('merchandiser')];
    const sent = keys.flatMap((key) =>
      Array.from({ length: 16 }, () =>
        openStart(server.url, headOf(`${PREFLIGHT}\r\nAuthorization: Bearer ${key}`)),
      ),
    );
    try {
      const answered = () => sent.filter(({ answer }) => answer().endsWith('}'));
      await expect.poll(() => answered().length, { timeout: 20_000 }).toBe(16);
      const other = await server.makeKey('merchandiser', await makeShop(server.db));
      expect((await server.upload(QUERY, await drawPicture(), { key: other })).errors).toBeUndefined();
    } finally {
      for (const { hangUp } of sent) hangUp();
    }
  });

  it('leave no place taken behind, and those of a shop do not wait behind its shoppers’', async () => {
    const slow: ReturnType<typeof openStart>[] = [];
    // One after the other: an upload that is under way has a place as well, and would have one of many refused.
    const status = async () => {
      slow.push(openStart(server.url, headOf(PREFLIGHT)));
      return (await server.upload(QUERY, await drawPicture())).status;
    };
    await expect.poll(status, { timeout: 20_000 }).toBe(429);
    const key = await server.makeKey('merchandiser');
    expect((await server.upload(QUERY, await drawPicture(), { key })).errors).toBeUndefined();
    for (const { hangUp } of slow) hangUp();
    const errors = async () => (await server.upload(QUERY, await drawPicture())).errors;
    await expect.poll(errors, { timeout: 20_000 }).toBeUndefined();
  });
});

describe('slow uploads', () => {
  const drip = (address: string, start: string, bytes: number) => {
    const open = openStart(server.url, start, address);
    const timer = setInterval(() => open.send('x'.repeat(bytes)), 500);
    void open.ended.then(() => clearInterval(timer));
    return open;
  };
  const head = headOf(PREFLIGHT) + Buffer.concat([operations(), map(), file('').subarray(0, -2)]);

  it('from two addresses do not keep all others out', async () => {
    const sent = ['127.0.0.2', '127.0.0.3'].flatMap((address) =>
      Array.from({ length: 16 }, () => drip(address, headOf(PREFLIGHT), 1)),
    );
    try {
      const answered = () => sent.filter(({ answer }) => answer().endsWith('}'));
      await expect.poll(() => answered().length, { timeout: 8000 }).toBe(24);
      expect((await server.upload(QUERY, await drawPicture())).status).toBe(200);
    } finally {
      for (const { hangUp } of sent) hangUp();
    }
  });

  it.each([
    ['before its file', headOf(PREFLIGHT)],
    ['within its file', head],
  ])('are cut off %s, and those on a bad line are not', async (_, start) => {
    const slow = drip('127.0.0.4', start, 1);
    const fair = drip('127.0.0.4', head, 4096);
    await slow.ended;
    expect(slow.answer()).toContain('UPLOAD_TOO_SLOW');
    expect(fair.answer()).toBe('');
    fair.hangUp();
    expect(server.logged).toEqual([]);
  });
});

describe('uploads whose clients hang up', () => {
  it('keep their places while their pictures are worked on', async () => {
    const { images } = server.services;
    const { put } = images;
    let [begun, goOn] = [0, () => {}];
    const busy = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const slowly: typeof put = async (bytes) => {
      begun += 1;
      await busy;
      return put(bytes);
    };
    Object.assign(images, { put: slowly });
    try {
      const whole = Buffer.concat([operations(), map(), file(await drawPicture()), END]);
      const start = Buffer.from(headOf(PREFLIGHT).replace('1000000', String(whole.length)));
      const sent = Array.from({ length: 4 }, () => openStart(server.url, Buffer.concat([start, whole])));
      await expect.poll(() => begun, { timeout: 20_000 }).toBe(4);
      for (const { hangUp } of sent) hangUp();
      await Promise.all(sent.map(({ ended }) => ended));
      expect((await server.upload(QUERY, await drawPicture())).status).toBe(429);
    } finally {
      goOn();
      Object.assign(images, { put });
    }
    await expect.poll(async () => (await server.upload(QUERY, await drawPicture())).status).toBe(200);
  });

  /** More than a client has places. */
  const MANY = 20;
  const goes = async (key?: string) =>
    (await server.upload(QUERY, await drawPicture(), key === undefined ? {} : { key })).status === 200;

  it('leave no place taken where they do so while their key is looked up', async () => {
    const key = await server.makeKey('merchandiser');
    let goOn = () => {};
    const busy = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    // As many as have connections, so that no key can be looked up meanwhile.
    const blocking = Array.from({ length: 4 }, () => server.db.asOwner(() => busy));
    const start = headOf(`${PREFLIGHT}\r\nAuthorization: Bearer ${key}`);
    await Promise.all(Array.from({ length: MANY }, () => sendStart(server.url, start, { hangUpAfter: 200 })));
    goOn();
    await Promise.all(blocking);
    for (let n = 0; n < 3; n++) expect(await goes(key)).toBe(true);
    expect(server.logged).toEqual([]);
  });

  it.each([
    ['before the first part', Buffer.alloc(0)],
    ['within the operations', operations().subarray(0, 60)],
    ['after the map', Buffer.concat([operations(), map()])],
    ['within the file', Buffer.concat([operations(), map(), file('x'.repeat(70_000))])],
    ['within a file that nobody wants', Buffer.concat([operations(), map(), file('x', 'name="1"; ')])],
    ['after a fault', Buffer.concat([operations(), map({ 0: ['query'] }), file('x')])],
  ])('leave no place taken where they do so %s', async (_, body) => {
    const start = Buffer.concat([Buffer.from(headOf(PREFLIGHT)), body]);
    await Promise.all(Array.from({ length: MANY }, () => sendStart(server.url, start, { hangUpAfter: 200 })));
    await expect.poll(() => goes(), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => uploadsOnDisk(), { timeout: 20_000 }).toEqual([]);
    expect(server.logged).toEqual([]);
  });

  it('take none where they are refused before', async () => {
    const start = headOf('Authorization: Bearer nonsense');
    await Promise.all(Array.from({ length: MANY }, () => sendStart(server.url, start, { hangUpAfter: 200 })));
    await Promise.all(
      Array.from({ length: MANY }, () => sendStart(server.url, headOf('X: y'), { hangUpAfter: 200 })),
    );
    expect(await goes()).toBe(true);
  });
});

describe('a request that does not arrive', () => {
  it.each([
    ['a multipart body', `Content-Type: ${MULTIPART}\r\napollo-require-preflight: 1`, operations()],
    [
      'its file',
      `Content-Type: ${MULTIPART}\r\napollo-require-preflight: 1`,
      Buffer.concat([operations(), map(), file('x')]),
    ],
    ['a JSON body', 'Content-Type: application/json', Buffer.from('{"query":')],
  ])('is ended when REQUEST_TIMEOUT_SECONDS are over: %s', async (_, headers, start) => {
    const hasty = await makeTestServer({ environment: { REQUEST_TIMEOUT_SECONDS: '1' } });
    try {
      const head = `POST /graphql HTTP/1.1\r\nHost: x\r\n${headers}\r\nContent-Length: 100000\r\n\r\n`;
      const answer = await sendStart(hasty.url, Buffer.concat([Buffer.from(head), start]));
      expect(answer).toMatch(/^HTTP\/1.1 408 /);
      expect(answer).toContain('REQUEST_TIMEOUT');
      expect(hasty.logged).toEqual([]);
    } finally {
      await hasty.close();
    }
  });
});

const uploadsOnDisk = () => readdir(join(server.db.dataDir, 'uploads')).catch(() => []);
