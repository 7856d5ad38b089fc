import sharp from 'sharp';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeItem, makeShop } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let photo: { imageUrl: string; garments: { cropUrl: string }[] };
beforeAll(async () => {
  server = await makeTestServer();
  const { data } = await server.upload(
    'mutation ($file: Upload!) { parsePhoto(image: $file) { imageUrl garments { cropUrl } } }',
    await drawPicture({ width: 600, height: 800 }),
  );
  photo = data.parsePhoto;
});
afterAll(() => server.close());

async function load(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(server.url + path, { headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { response, metadata: response.status === 200 ? await sharp(bytes).metadata() : null };
}

describe('GET /images', () => {
  it('gives the stored image, which a browser may keep for itself', async () => {
    const { response, metadata } = await load(photo.imageUrl);
    expect(metadata).toMatchObject({ format: 'webp', width: 600, height: 800 });
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('cache-control')).toMatch(/^private/);
  });

  it.each([
    [1, 160],
    [300, 320],
    [320, 320],
    [5000, 600],
  ])('gives it about %i wide as %i', async (asked, width) => {
    expect((await load(`${photo.imageUrl}?w=${asked}`)).metadata?.width).toBe(width);
  });

  it.each(['-1', 'x', '1e9', '0', '99999999'])('gives it whole for w=%s', async (asked) => {
    expect((await load(`${photo.imageUrl}?w=${asked}`)).metadata?.width).toBe(600);
  });

  it('answers 304 to whoever has it', async () => {
    const etag = (await load(photo.imageUrl)).response.headers.get('etag');
    expect(etag).toBeTruthy();
    // By undici's request, since fetch adds "no-cache" to a question of its own.
    const { statusCode } = await request(server.url + photo.imageUrl, {
      headers: { 'if-none-match': etag! },
    });
    expect(statusCode).toBe(304);
  });

  it('lets everybody keep the image of an item for good', async () => {
    const sha256 = await server.services.images.put(
      await sharp(await drawPicture())
        .webp()
        .toBuffer(),
    );
    await makeItem(server.db, server.shopId, { sha256 });
    const { response } = await load(`/images/${sha256}.webp?w=160`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    `/images/${'0'.repeat(64)}.webp`,
    '/images/..%2f..%2f..%2fetc%2fpasswd.webp',
    '/images/%2e%2e%2fserver.json.webp',
    '/images/server.json',
    '/images/x.webp',
    '/images/%00.webp',
    '/crops/x.webp',
    '/crops/00000000-0000-4000-8000-000000000000.webp',
  ])('has nothing at %s', async (path) => {
    const { response } = await load(path);
    expect(response.status).toBe(404);
    expect(server.logged).toEqual([]);
  });

  it('is by shop: with the key of one there is nothing of another', async () => {
    const other = await makeShop(server.db);
    const key = await server.makeKey('admin', other);
    const headers = { authorization: `Bearer ${key}` };
    const sha256 = await server.services.images.put(
      await sharp(await drawPicture({ color: 'navy' }))
        .webp()
        .toBuffer(),
    );
    await makeItem(server.db, other, { id: 'theirs', sha256 });
    const path = `/images/${sha256}.webp`;
    expect((await load(photo.imageUrl, headers)).response.status).toBe(404);
    expect((await load(path)).response.status).toBe(404);
    expect((await load(path, headers)).response.status).toBe(200);
    // Now that it is at hand from memory, too.
    expect((await load(path)).response.status).toBe(404);
  });

  it('gives browsers, which send no key with a picture, those of another shop by a signed link', async () => {
    const other = await makeShop(server.db);
    const key = await server.makeKey('admin', other);
    const sha256 = await server.services.images.put(
      await sharp(await drawPicture({ color: 'teal' }))
        .webp()
        .toBuffer(),
    );
    await makeItem(server.db, other, { id: 'linked', sha256 });
    const { data } = await server.query(
      '{ item(id: "linked") { imageUrl(width: 100) primaryGarment { cropUrl } } }',
      {},
      { key },
    );
    const { imageUrl, primaryGarment } = data.item;
    expect((await load(imageUrl)).response.status).toBe(200);
    expect((await load(primaryGarment.cropUrl)).response.status).toBe(200);
    const token = new URL(imageUrl, server.url).searchParams.get('t')!;
    const broken = `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`;
    for (const bad of [
      imageUrl.replace(token, broken),
      imageUrl.replace(token, ''),
      imageUrl.replace(token, 'x'.repeat(500)),
      `${photo.imageUrl}?t=${token}`,
      `${primaryGarment.cropUrl.split('?')[0]}?t=${token}`,
    ]) {
      expect((await load(bad)).response.status).toBe(404);
    }
    expect(server.logged).toEqual([]);
  });

  it('keeps what a key opens from caches on the way, and varies by the key', async () => {
    const other = await makeShop(server.db);
    const key = await server.makeKey('widget', other);
    const headers = { authorization: `Bearer ${key}`, origin: 'https://shop.example' };
    const sha256 = await server.services.images.put(
      await sharp(await drawPicture({ color: 'olive' }))
        .webp()
        .toBuffer(),
    );
    await makeItem(server.db, other, { id: 'keyed', sha256 });
    // Twice: from the disk, then from memory.
    for (const _ of [1, 2]) {
      const { response } = await load(`/images/${sha256}.webp`, headers);
      expect(response.headers.get('cache-control')).toMatch(/^private/);
      expect(response.headers.get('vary')).toMatch(/authorization/i);
    }
  });

  it('is gone with its item at once, from memory too', async () => {
    const sha256 = await server.services.images.put(
      await sharp(await drawPicture({ color: 'plum' }))
        .webp()
        .toBuffer(),
    );
    await makeItem(server.db, server.shopId, { id: 'short-lived', sha256 });
    const path = `/images/${sha256}.webp?w=160`;
    expect((await load(path)).response.status).toBe(200);
    const key = await server.makeKey('merchandiser');
    const { data } = await server.query('mutation { deleteItems(ids: ["short-lived"]) }', {}, { key });
    expect(data.deleteItems).toEqual(['short-lived']);
    expect((await load(path)).response.status).toBe(404);
  });

  it('does not serve a file that nothing uses', async () => {
    const sha256 = await server.services.images.put(Buffer.from('left behind'));
    expect((await load(`/images/${sha256}.webp`)).response.status).toBe(404);
  });
});

describe('GET /crops', () => {
  it('gives the garment cut out on a transparent ground', async () => {
    const { response, metadata } = await load(photo.garments[0]!.cropUrl);
    expect(metadata).toMatchObject({ format: 'webp', hasAlpha: true });
    // Half of the picture each way, give or take its smoothed edge.
    expect(metadata?.width).toBeCloseTo(300, -1);
    expect(metadata?.height).toBeCloseTo(400, -1);
    expect(response.headers.get('cache-control')).toMatch(/^private/);
    expect((await load(`${photo.garments[0]!.cropUrl}?w=100`)).metadata?.width).toBe(160);
  });

  it('has nothing of another shop', async () => {
    const key = await server.makeKey('admin', await makeShop(server.db));
    const { response } = await load(photo.garments[0]!.cropUrl, { authorization: `Bearer ${key}` });
    expect(response.status).toBe(404);
  });
});
