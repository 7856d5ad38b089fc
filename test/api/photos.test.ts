import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepPhotos } from '../../server/photos/sweep.ts';
import { makeItem, makePhoto, makeShop } from '../helpers/factories.ts';
import { readHeic } from '../helpers/heic.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const PARSE = `mutation ($file: Upload!) {
  parsePhoto(image: $file) {
    id width height imageUrl expiresAt createdAt ownerToken
    garments { id category score box { x1 y1 x2 y2 } path: mask rle: mask(format: RLE) coverage cropUrl(width: 100) whole }
  }
}`;
const PHOTO = 'query ($id: ID!) { photo(id: $id) { id garments { id } } }';
const DELETE = 'mutation ($id: ID!, $token: String) { deletePhoto(id: $id, token: $token) }';
const NOBODY = '00000000-0000-4000-8000-000000000000';

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer();
});
afterAll(() => server.close());

async function parse(picture?: Buffer) {
  const { data, errors } = await server.upload(PARSE, picture ?? (await drawPicture()));
  expect(errors).toBeUndefined();
  return data.parsePhoto;
}

describe('parsePhoto', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('finds the garment in a %s', async (format) => {
    const photo = await parse(await drawPicture({ format }));
    expect(photo).toMatchObject({ width: 120, height: 160 });
    expect(photo.garments).toHaveLength(1);
    const [garment] = photo.garments;
    expect(garment).toMatchObject({ category: 'SKIRT', whole: false });
    expect(garment.box.x1).toBeGreaterThan(26);
    expect(garment.box.y2).toBeLessThan(124);
    expect(garment.coverage).toBeCloseTo(0.2, 1);
    expect(garment.path).toMatch(/^M[\d.,]+L/);
    expect(garment.rle.length).toBeGreaterThan(2);
  });

  it('answers with an empty list where there is no garment', async () => {
    const photo = await parse(await drawPicture({ color: null }));
    expect(photo.garments).toEqual([]);
  });

  it('turns the photo upright and drops what the camera wrote', async () => {
    const sideways = await sharp(await drawPicture({ format: 'jpeg' }))
      .withExif({ IFD0: { Make: 'Camera', Orientation: '6' } })
      .jpeg()
      .toBuffer();
    expect((await sharp(sideways).metadata()).exif?.toString('latin1')).toContain('Camera');
    const photo = await parse(await sharp(sideways).withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect(photo).toMatchObject({ width: 160, height: 120 });
    const response = await fetch(server.url + photo.imageUrl);
    const metadata = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: 160, height: 120 });
    expect(metadata.exif).toBeUndefined();
  });

  it('lives as long as PHOTO_TTL_HOURS says', async () => {
    const { createdAt, expiresAt } = await parse();
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(24 * 3600 * 1000);
  });

  it.each([
    ['a text', () => Buffer.from('hello, world'), 'NOT_AN_IMAGE'],
    ['an empty file', () => Buffer.alloc(0), 'NOT_AN_IMAGE'],
    ['the beginning of a HEIC', () => readHeic('scene').subarray(0, 30_000), 'IMAGE_TRUNCATED'],
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'IMAGE_FORMAT_UNSUPPORTED'],
  ])('refuses %s', async (_, make, code) => {
    const { data, errors } = await server.upload(PARSE, make());
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it('says what to do with a format that cannot be read', async () => {
    const { errors } = await server.upload(PARSE, Buffer.from('II*\0'));
    expect(errors?.[0]?.message).toMatch(/TIFF files cannot be read here. Save the picture as JPEG/);
  });

  it('reads a HEIC', async () => {
    const photo = await parse(readHeic('scene'));
    expect(photo).toMatchObject({ width: 600, height: 800 });
  });

  it.each(['jpeg', 'png', 'webp'] as const)('refuses half a %s', async (format) => {
    const whole = await drawPicture({ format, width: 400, height: 400 });
    const { errors } = await server.upload(PARSE, whole.subarray(0, whole.length / 2));
    expect(errors?.[0]?.extensions.code).toBe('IMAGE_TRUNCATED');
  });

  it('refuses a file above the limit, and goes on serving', async () => {
    const { errors } = await server.upload(PARSE, Buffer.alloc(20 * 1024 * 1024 + 1, 1));
    expect(errors?.[0]?.extensions.code).toBe('IMAGE_TOO_LARGE');
    expect((await parse()).garments).toHaveLength(1);
  });

  it('refuses more pixels than 50 million, however small the file', async () => {
    const large = await sharp({ create: { width: 9000, height: 6000, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    expect(large.length).toBeLessThan(1024 * 1024);
    const { errors } = await server.upload(PARSE, large);
    expect(errors?.[0]?.extensions.code).toBe('IMAGE_TOO_LARGE');
  });

  it('keeps nothing of what it refuses', async () => {
    const rows = async () => (await server.db.asOwner((tx) => tx.query('select 1 from photos'))).rows.length;
    const before = await rows();
    await server.upload(PARSE, Buffer.from('nothing'));
    expect(await rows()).toBe(before);
  });

  it('refuses a multipart request that a foreign page could send', async () => {
    const { status } = await server.upload(PARSE, await drawPicture(), { preflight: false });
    expect(status).toBe(400);
  });

  it('wants an upload, not a text', async () => {
    const { errors } = await server.query(PARSE, { file: 'photo.jpg' });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('photo', () => {
  it('is found by its id', async () => {
    const { id, garments } = await parse();
    const { data } = await server.query(PHOTO, { id });
    expect(data.photo).toEqual({ id, garments: [{ id: garments[0].id }] });
  });

  it.each([NOBODY, 'nonsense', '', "'; drop table photos; --"])('is null for the id %j', async (id) => {
    expect(await server.query(PHOTO, { id })).toMatchObject({ status: 200, data: { photo: null } });
  });

  it('is null once it has expired, and so is its garment', async () => {
    const photo = await makePhoto(server.db, server.shopId, { ttlHours: -1 });
    expect((await server.query(PHOTO, { id: photo.id })).data.photo).toBeNull();
  });

  it('is null in another shop', async () => {
    const other = await makeShop(server.db);
    const photo = await makePhoto(server.db, other);
    expect((await server.query(PHOTO, { id: photo.id })).data.photo).toBeNull();
    const key = await server.makeKey('widget', other);
    expect((await server.query(PHOTO, { id: photo.id }, { key })).data.photo.id).toBe(photo.id);
  });
});

describe('deletePhoto', () => {
  it('hides photo, image and crop at once', async () => {
    const { id, imageUrl, garments, ownerToken } = await parse(await drawPicture({ color: 'teal' }));
    expect((await fetch(server.url + imageUrl)).status).toBe(200);
    expect((await server.query(DELETE, { id, token: ownerToken })).data.deletePhoto).toBe(true);
    expect((await server.query(PHOTO, { id })).data.photo).toBeNull();
    expect((await fetch(server.url + imageUrl)).status).toBe(404);
    expect((await fetch(server.url + garments[0].cropUrl)).status).toBe(404);
  });

  it.each([NOBODY, 'nonsense'])('is false for the id %j', async (id) => {
    expect((await server.query(DELETE, { id })).data.deletePhoto).toBe(false);
  });

  it('is false the second time', async () => {
    const { id, ownerToken: token } = await parse();
    await server.query(DELETE, { id, token });
    expect((await server.query(DELETE, { id, token })).data.deletePhoto).toBe(false);
  });

  it.each([
    ['no token', async () => null],
    ['an empty token', async () => ''],
    ['words', async () => 'please'],
    ["another photo's token", async () => (await parse()).ownerToken],
  ])('is refused to whoever has the link and %s', async (_, makeToken) => {
    const { id, imageUrl } = await parse();
    const { data, errors } = await server.query(DELETE, { id, token: await makeToken() });
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await server.query(PHOTO, { id })).data.photo.id).toBe(id);
    expect((await fetch(server.url + imageUrl)).status).toBe(200);
  });

  it("is refused to a widget's key, and done for a merchandiser's, without a token", async () => {
    const { id } = await parse();
    const widget = { key: await server.makeKey('widget') };
    expect((await server.query(DELETE, { id }, widget)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const merchandiser = { key: await server.makeKey('merchandiser') };
    expect((await server.query(DELETE, { id }, merchandiser)).data.deletePhoto).toBe(true);
    expect((await server.query(PHOTO, { id })).data.photo).toBeNull();
  });

  it('of a photo from before there were tokens is for the shop alone', async () => {
    const { id } = await makePhoto(server.db, server.shopId);
    expect((await server.query(DELETE, { id, token: 'x' })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe("the owner's token", () => {
  it('is answered once, to whoever uploaded the photo', async () => {
    const { id, ownerToken } = await parse();
    expect(ownerToken).toMatch(/^photo_[\w-]{43}$/);
    const { data } = await server.query('query ($id: ID!) { photo(id: $id) { ownerToken } }', { id });
    expect(data.photo.ownerToken).toBeNull();
  });

  it('is kept as a hash alone', async () => {
    const { id, ownerToken } = await parse();
    const { rows } = await server.db.asOwner((tx) =>
      tx.query<{ row: string; hash: string }>(
        "select p::text as row, encode(owner_hash, 'hex') as hash from photos p where id = $1",
        [id],
      ),
    );
    expect(rows[0]!.row).not.toContain(ownerToken);
    expect(rows[0]!.hash).toBe(createHash('sha256').update(ownerToken).digest('hex'));
  });
});

describe('the sweep', () => {
  const sha = async (color: string) => {
    const { id, imageUrl, ownerToken } = await parse(await drawPicture({ color }));
    await server.query(DELETE, { id, token: ownerToken });
    return { id, sha256: /images\/(\w+)\.webp/.exec(imageUrl)![1]! };
  };
  const rowsOf = async (id: string) =>
    (await server.db.asOwner((tx) => tx.query('select 1 from photos where id = $1', [id]))).rows.length;

  it('removes the row, the garments and the file of an expired photo', async () => {
    const { id, sha256 } = await sha('navy');
    await sweepPhotos(server.services, 0);
    expect(await rowsOf(id)).toBe(0);
    expect(await server.services.images.has(sha256)).toBe(false);
  });

  it('leaves a file that another photo or an item still uses', async () => {
    const { sha256 } = await sha('olive');
    await makeItem(server.db, server.shopId, { sha256 });
    await sweepPhotos(server.services, 0);
    expect(await server.services.images.has(sha256)).toBe(true);
  });

  it('removes all that have expired, however many', async () => {
    await server.db.inShop(server.shopId, (tx) =>
      tx.query(
        // One statement, and no function that Citus would run for each shard.
        `insert into photos (shop_id, sha256, width, height, expires_at) values ${Array.from(
          { length: 450 },
          (_, n) => `($1, '${String(n).padStart(64, '0')}', 1, 1, $2)`,
        )}`,
        [server.shopId, new Date(Date.now() - 60_000)],
      ),
    );
    expect(await sweepPhotos(server.services, 0)).toBeGreaterThanOrEqual(450);
  });

  it('leaves a file that was put lately: an upload may be about to use it', async () => {
    const { id, sha256 } = await sha('plum');
    await sweepPhotos(server.services);
    expect(await server.services.images.has(sha256)).toBe(true);
    expect(await rowsOf(id)).toBe(1);
  });
});
