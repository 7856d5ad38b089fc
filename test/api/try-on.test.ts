import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseStyle, drawItem, dyed, Random, toWebp } from '../../server/demo/drawing/index.ts';
import { PREVIEW_SIDE } from '../../server/try-on/previews.ts';
import { decode } from '../../server/vision/image.ts';
import { type IngestedImage, ingestImage } from '../../server/vision/ingest.ts';
import { makeItem } from '../helpers/factories.ts';
import { scenePath } from '../helpers/scene.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const SCENE = 'a white short sleeve top and blue trousers';
const PARSE = `mutation ($file: Upload!) {
  parsePhoto(image: $file) { id imageUrl ownerToken expiresAt garments { id category box { x1 y1 x2 y2 } } }
}`;
const TRY = `query ($garmentId: ID!, $itemId: ID!) {
  tryOn(garmentId: $garmentId, itemId: $itemId) { imageUrl refusal expiresAt quality { overlap stretch hidden } }
}`;

interface Found {
  readonly id: string;
  readonly category: string;
  readonly box: Record<'x1' | 'y1' | 'x2' | 'y2', number>;
}

let server: TestServer;
let addTrousers: (id: string) => Promise<unknown>;
let photo: { id: string; imageUrl: string; ownerToken: string; expiresAt: string; garments: Found[] };

beforeAll(async () => {
  server = await makeTestServer({ vision: 'real' });
  const { services, db, shopId } = server;
  const size = { width: 600, height: 800 };
  const picture = async (category: number, seed: number, cut: { ease?: number; flare?: number } = {}) => {
    // On pale cloth every fault is seen, and such previews are refused.
    const style = { ...dyed(chooseStyle(new Random(seed), { category }), 'navy', new Random(seed)), ...cut };
    const drawn = await drawItem({ style, seed, size, backdrop: 'studio' });
    return ingestImage(services, await toWebp(drawn.pixels, size, 90), 'catalogue');
  };
  const add = async (id: string, { sha256, garments }: IngestedImage, landmarks?: Float32Array) => {
    await makeItem(db, shopId, {
      id,
      sha256,
      garments: garments.slice(0, 1).map((garment) => ({ ...garment, ...(landmarks && { landmarks }) })),
      embeddingModel: services.vision.embeddingModel,
    });
    await db.inShop(shopId, (tx) => tx.query('update item_images set width = 600, height = 800'));
  };
  // With legs as wide as those of the scene.
  const trousers = await picture(8, 19, { ease: 16, flare: 2 });
  addTrousers = (id) => add(id, trousers);
  await addTrousers('trousers');
  // As a parser with a landmark branch would give them.
  await add('tee', await picture(1, 5), new Float32Array(25 * 3).fill(0.5).fill(40, 0, 2));
  photo = (await server.upload(PARSE, await readFile(scenePath(SCENE)))).data.parsePhoto;
});
afterAll(() => server.close());

const tryOn = (garmentId: string, itemId = 'trousers') => server.query(TRY, { garmentId, itemId });
const worn = (category: string) => photo.garments.find((garment) => garment.category === category)!;
const fetchUrl = (path: string) => fetch(new URL(path, server.url));

describe('tryOn', () => {
  it('draws the item on the garment and nowhere else, for as long as the photo is there', async () => {
    const garment = worn('TROUSERS');
    const { data, errors } = await tryOn(garment.id);
    expect(errors).toBeUndefined();
    expect(data.tryOn).toMatchObject({ refusal: null, expiresAt: photo.expiresAt });
    expect(data.tryOn.quality.overlap).toBeGreaterThan(0.9);

    const { imageUrl } = data.tryOn;
    const answer = await fetchUrl(imageUrl);
    expect(answer.headers.get('cache-control')).toBe('private, max-age=60');
    const preview = await decode(new Uint8Array(await answer.arrayBuffer()));
    const stored = new Uint8Array(await (await fetchUrl(photo.imageUrl)).arrayBuffer());
    const [before, whole] = [await decode(stored, PREVIEW_SIDE), await decode(stored)];
    expect([preview.width, preview.height]).toEqual([before.width, before.height]);
    const { inside, outside } = differences(before, preview, garment.box, before.width / whole.width);
    expect(inside).toBeGreaterThan(0.3);
    expect(outside).toBeLessThan(0.01);

    expect((await fetchUrl(imageUrl.replace(/\?.*/, ''))).status).toBe(404);
    expect((await fetchUrl(imageUrl.replace(/t=.{4}/, 't=AAAA'))).status).toBe(404);
  });

  it('leaves others their places where one client asks for many at once', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `trousers-${i}`);
    for (const id of ids) await addTrousers(id);
    const key = await server.makeKey('merchandiser');
    const { id: garmentId } = worn('TROUSERS');
    const [last, ...many] = ids;
    const asked = many.map((itemId) => tryOn(garmentId, itemId));
    const other = await server.query(TRY, { garmentId, itemId: last }, { key });
    expect(other.data?.tryOn).toMatchObject({ refusal: null });
    const codes = (await Promise.all(asked)).map(({ errors }) => errors?.[0]?.extensions.code);
    expect(new Set(codes)).toEqual(new Set([undefined, 'RATE_LIMITED']));
  });

  it('derives landmarks from the mask, and gives those of a model that finds some', async () => {
    const { data } = await server.query(
      `query ($id: ID!) {
        photo(id: $id) { garments { category landmarks { source points { name x y confidence } } } }
        item(id: "tee") { primaryGarment { landmarks { source points { name x y confidence } } } }
      }`,
      { id: photo.id },
    );
    const tee = data.photo.garments.find((garment: Found) => garment.category === 'SHORT_SLEEVE_TOP');
    const { source, points } = tee.landmarks;
    expect(source).toBe('DERIVED');
    const place = Object.fromEntries(
      points.map((point: { name: string; x: number; y: number }) => [point.name, point]),
    );
    const { box } = worn('SHORT_SLEEVE_TOP');
    expect(points).toHaveLength(12);
    expect(place.armpitLeft.x).toBeGreaterThan(place.cuffOuterLeft.x);
    expect(place.armpitRight.x).toBeLessThan(place.cuffOuterRight.x);
    expect(Math.abs(place.hemLeft.y - box.y2)).toBeLessThan(0.1 * (box.y2 - box.y1));
    const model = data.item.primaryGarment.landmarks;
    expect(model.source).toBe('MODEL');
    expect(model.points).toHaveLength(25);
    expect(model.points[0]).toEqual({ name: '1', x: 40, y: 40, confidence: 0.5 });
  });

  it('says why where there is none', async () => {
    const { data } = await tryOn(worn('TROUSERS').id, 'tee');
    expect(data.tryOn).toMatchObject({ refusal: 'OTHER_KIND', imageUrl: null, quality: null });
    const { data: same } = await tryOn(worn('SHORT_SLEEVE_TOP').id, 'tee');
    expect(same.tryOn.refusal).toBe('KIND_UNSUPPORTED');
  });

  it.each([
    ['NOT_FOUND', '00000000-0000-4000-8000-000000000000', 'tee'],
    ['NOT_FOUND', null, 'no such item'],
    ['NOT_FOUND', 'not an id', 'tee'],
  ])('refuses with %s what is not there', async (code, garmentId, itemId) => {
    const { errors } = await tryOn(garmentId ?? worn('TROUSERS').id, itemId);
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it('takes no garment of an item for one of a photo', async () => {
    const { data } = await server.query('{ item(id: "tee") { primaryGarment { id } } }');
    const { errors } = await tryOn(data.item.primaryGarment.id);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'garmentId' });
  });

  it('is gone with the photo', async () => {
    const { id } = worn('TROUSERS');
    const { imageUrl } = (await tryOn(id)).data.tryOn;
    expect((await fetchUrl(imageUrl)).status).toBe(200);
    const { id: photoId, ownerToken: token } = photo;
    await server.query('mutation ($id: ID!, $token: String) { deletePhoto(id: $id, token: $token) }', {
      id: photoId,
      token,
    });
    expect((await fetchUrl(imageUrl)).status).toBe(404);
    expect((await tryOn(id)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

type Pixels = Awaited<ReturnType<typeof decode>>;

/** Shares of pixels that clearly differ, in a box (given at another scale) and around it. */
function differences(a: Pixels, b: Pixels, { x1, y1, x2, y2 }: Found['box'], scale: number) {
  const [within, around] = [
    { all: 0, differ: 0 },
    { all: 0, differ: 0 },
  ];
  const margin = 12;
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++) {
      const isInside =
        x > x1 * scale - margin &&
        x < x2 * scale + margin &&
        y > y1 * scale - margin &&
        y < y2 * scale + margin;
      const counted = isInside ? within : around;
      const i = (y * a.width + x) * 3;
      counted.all++;
      const difference = [0, 1, 2].reduce((sum, c) => sum + Math.abs(a.data[i + c]! - b.data[i + c]!), 0);
      if (difference > 60) counted.differ++;
    }
  }
  return { inside: within.differ / within.all, outside: around.differ / around.all };
}
