import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, STANDS_STILL, type TestServer } from '../helpers/server.ts';

const PARSE = `mutation ($url: String!) {
  parsePhotoAt(url: $url) { id width height imageUrl ownerToken createdAt expiresAt garments { category } }
}`;
/** What only its giver should know. */
const SECRET = 'signature-4711';

let server: TestServer;
let host: string;
let key: string;
let answer: RequestListener;
let asked: string[] = [];
const pictures = createServer((request, response) => {
  asked.push(request.url ?? '');
  answer(request, response);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  server = await makeTestServer({
    clock: STANDS_STILL,
    environment: { FETCH_ALLOW_HOSTS: host, PARSES_PER_MINUTE: '30' },
  });
  key = await server.makeKey('merchandiser');
});
beforeEach(async () => {
  asked = [];
  const picture = await drawPicture();
  answer = (_, response) => response.end(picture);
});
afterAll(async () => {
  await server?.close();
  pictures.close();
});

const parse = (url: string, options: { key?: string } = { key }) => server.query(PARSE, { url }, options);
const refusal = async (url: string, options?: { key?: string }) => {
  const { data, errors } = await parse(url, options);
  expect(data).toBeNull();
  return errors![0]!;
};

describe('parsePhotoAt', () => {
  it('does with the picture behind an address what parsePhoto does with a file', async () => {
    const { data, errors } = await parse(` http://${host}/skirt.png?${SECRET} `);
    expect(errors).toBeUndefined();
    const photo = data.parsePhotoAt;
    expect(photo).toMatchObject({ width: 120, height: 160, garments: [{ category: 'SKIRT' }] });
    expect(Date.parse(photo.expiresAt) - Date.parse(photo.createdAt)).toBe(24 * 3600 * 1000);
    expect((await fetch(server.url + photo.imageUrl)).status).toBe(200);
    const remove = 'mutation ($id: ID!, $token: String) { deletePhoto(id: $id, token: $token) }';
    const { id, ownerToken: token } = photo;
    expect((await server.query(remove, { id, token: 'x' })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await server.query(remove, { id, token })).data.deletePhoto).toBe(true);
  });

  it('stores and logs nothing of the address', async () => {
    const { data } = await parse(`http://${host}/a.png?${SECRET}`);
    answer = (_, response) => response.writeHead(404).end();
    await parse(`http://${host}/b.png?${SECRET}`);
    const dump = await server.db.asOwner(async (tx) => {
      const { rows: tables } = await tx.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname not in ('pg_catalog', 'information_schema')`,
      );
      const texts: string[] = [];
      for (const { name } of tables) {
        const { rows } = await tx.query<{ text: string }>(`select t::text as text from ${name} t`);
        texts.push(...rows.map(({ text }) => text));
      }
      return texts.join('\n');
    });
    // The stored photos, so that the rows were read.
    expect(dump).toContain(data.parsePhotoAt.id);
    expect(dump).not.toContain(SECRET);
    expect(server.logged).toEqual([]);
  });

  it.each([
    'http://127.0.0.1/a.png',
    'http://localhost/a.png',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/a.png',
    'http://10.0.0.1/a.png',
    'http://8.8.8.8:8080/a.png',
    'http://user:word@8.8.8.8/a.png',
  ])('refuses %s', async (url) => {
    expect(await refusal(url)).toMatchObject({ extensions: { code: 'FETCH_REFUSED', field: 'url' } });
  });

  it('lets shoppers at no inner host that the shop itself may use', async () => {
    const widget = await server.makeKey('widget');
    for (const options of [{}, { key: widget }]) {
      const { message, extensions } = await refusal(`http://${host}/a.png?${SECRET}`, options);
      expect(extensions.code).toBe('FETCH_REFUSED');
      expect(message).not.toContain(SECRET);
    }
    expect(asked).toEqual([]);
  });

  it('refuses a redirect to an inner address', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1/secret' }).end();
    expect((await refusal(`http://${host}/a.png`)).extensions.code).toBe('FETCH_REFUSED');
    expect(asked).toEqual(['/a.png']);
  });

  it.each([
    '',
    'words',
    'ftp://8.8.8.8/a.png',
    'file:///etc/passwd',
    `https://a.example/${'x'.repeat(2000)}`,
  ])('says that %j is no address', async (url) => {
    const { message, extensions } = await refusal(url);
    expect(extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'url' });
    expect(message).toContain('beginning with https://');
  });

  it('says in words why an address could not be fetched, without its query', async () => {
    answer = (_, response) => response.writeHead(403).end();
    const { message, extensions } = await refusal(`http://${host}/a.png?${SECRET}`);
    expect(extensions.code).toBe('FETCH_FAILED');
    expect(message).toBe(`http://${host}/a.png answers with status 403 (Forbidden).`);
  });

  it('stops at 20 MB', async () => {
    answer = (_, response) => {
      for (let i = 0; i < 21; i++) response.write(Buffer.alloc(1024 * 1024));
      response.end();
    };
    const { message, extensions } = await refusal(`http://${host}/a.png`);
    expect([message, extensions.code]).toEqual([
      `http://${host}/a.png is larger than 20 MB.`,
      'IMAGE_TOO_LARGE',
    ]);
  });

  it('names a web page as such, and other files as no images', async () => {
    answer = (_, response) => response.end('\n<!DOCTYPE html><html><body><img src="a.png"></body></html>');
    expect((await refusal(`http://${host}/page`)).message).toContain('leads to a web page');
    answer = (_, response) => response.end('id,title\n');
    expect((await refusal(`http://${host}/feed.csv`)).extensions.code).toBe('NOT_AN_IMAGE');
  });

  it('fetches two at a time for one client, and frees their places', async () => {
    const waiting: (() => void)[] = [];
    const picture = await drawPicture();
    answer = (_, response) => void waiting.push(() => response.end(picture));
    const first = [parse(`http://${host}/1`), parse(`http://${host}/2`)];
    while (waiting.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await refusal(`http://${host}/3`)).extensions.code).toBe('RATE_LIMITED');
    for (const end of waiting) end();
    for (const { errors } of await Promise.all(first)) expect(errors).toBeUndefined();
    answer = (_, response) => response.end(picture);
    expect((await parse(`http://${host}/4`)).errors).toBeUndefined();
  });

  it('counts as a photo among those of a minute', async () => {
    const answers = [];
    for (let i = 0; i < 31; i++) answers.push(await parse('words', {}));
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes.at(-1)).toBe('RATE_LIMITED');
  });
});
