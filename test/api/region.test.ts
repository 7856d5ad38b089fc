import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeItem, makePhoto, makeShop } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, STANDS_STILL, type TestServer } from '../helpers/server.ts';

const PARSE =
  'mutation ($file: Upload!) { parsePhoto(image: $file) { id ownerToken garments { id origin } } }';
const ADD = `mutation ($photoId: ID!, $box: BoxInput, $outline: [PointInput!], $token: String) {
  addRegion(photoId: $photoId, box: $box, outline: $outline, token: $token) {
    id category colour score origin whole coverage box { x1 y1 x2 y2 } mask cropUrl
    similarItems { edges { node { item { id } } } }
  }
}`;
const REMOVE = 'mutation ($id: ID!, $token: String) { removeGarment(id: $id, token: $token) }';
const NOBODY = '00000000-0000-4000-8000-000000000000';

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer({ environment: { PARSES_PER_MINUTE: '1000', SEARCHES_PER_MINUTE: '1000' } });
  await makeItem(server.db, server.shopId, { id: 'i' });
});
afterAll(() => server.close());

// An ellipse lies at 30 to 90 by 40 to 120 of 120 by 160 pixels.
interface Parsed {
  readonly id: string;
  readonly ownerToken: string;
  readonly garments: { id: string; origin: string }[];
}

async function parse(): Promise<Parsed> {
  return (await server.upload(PARSE, await drawPicture())).data.parsePhoto;
}
const around = { x1: 28, y1: 38, x2: 92, y2: 122 };
const elsewhere = { x1: 0, y1: 0, x2: 30, y2: 40 };

async function add({ id, ownerToken: token }: Parsed, box: Record<string, number>) {
  const { data, errors } = await server.query(ADD, { photoId: id, box, token });
  expect(errors).toBeUndefined();
  return data.addRegion;
}
const refusal = async (photoId: string, box: Record<string, number>, token?: string) =>
  (await server.query(ADD, { photoId, box, token })).errors?.[0]?.extensions;
const garmentsOf = async (id: string) =>
  (await server.query('query ($id: ID!) { photo(id: $id) { garments { id origin } } }', { id })).data.photo
    .garments;

describe('addRegion', () => {
  it('keeps what the parser finds there when it looks closer', async () => {
    const photo = await parse();
    const garment = await add(photo, around);
    expect(garment).toMatchObject({
      category: 'SKIRT',
      score: expect.closeTo(0.9),
      origin: 'DRAWN',
      whole: false,
    });
    expect(garment.box.x1).toBeGreaterThan(28);
    expect(await garmentsOf(photo.id)).toHaveLength(2);
  });

  it('keeps the drawing itself where the parser finds nothing', async () => {
    const photo = await parse();
    const garment = await add(photo, elsewhere);
    expect(garment).toMatchObject({
      category: null,
      score: 0,
      origin: 'DRAWN',
      whole: false,
      box: elsewhere,
    });
    expect(garment.coverage).toBeCloseTo((Math.PI / 4) * (1200 / 19200), 2);
    expect(await garmentsOf(photo.id)).toEqual([
      { id: photo.garments[0]!.id, origin: 'PARSED' },
      { id: garment.id, origin: 'DRAWN' },
    ]);
  });

  it('cuts the garment out by a free outline, whether the parser finds one there or not', async () => {
    const { id: photoId, ownerToken: token } = await parse();
    const points = (...corners: [number, number][]) => corners.map(([x, y]) => ({ x, y }));
    const draw = async (outline: object[]) => {
      const { data, errors } = await server.query(ADD, { photoId, outline, token });
      expect(errors).toBeUndefined();
      return data.addRegion;
    };
    // A triangle of half the box that surrounds it.
    const alone = await draw(points([0, 0], [40, 0], [0, 40]));
    expect(alone).toMatchObject({ category: null, box: { x1: 0, y1: 0, x2: 40, y2: 40 } });
    expect(alone.coverage).toBeCloseTo(800 / 19200, 2);
    const found = await draw(points([30, 40], [90, 40], [30, 120]));
    expect(found).toMatchObject({
      category: 'SKIRT',
      origin: 'DRAWN',
      box: { x1: 30, y1: 40, x2: 90, y2: 120 },
    });
    expect(found.coverage).toBeCloseTo(2400 / 19200, 2);
  });

  it.each([
    [
      [
        [0, 0],
        [40, 40],
      ],
    ],
    [
      [
        [0, 0],
        [40, 0],
        [-1, 40],
      ],
    ],
    [
      [
        [0, 0],
        [40, 0],
        [0, 161],
      ],
    ],
    [
      [
        [0, 0],
        [10, 0],
        [0, 10],
      ],
    ],
    [
      [
        [0, 0],
        [60, 60],
        [61, 61],
        [1, 1],
      ],
    ],
    [Array.from({ length: 201 }, (_, i) => [i % 100, (i * 7) % 150])],
  ])('refuses the outline, case %#', async (outline) => {
    const { id: photoId, ownerToken: token } = await parse();
    const ask = { photoId, token, outline: outline.map(([x, y]) => ({ x, y })) };
    expect((await server.query(ADD, ask)).errors?.[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'outline',
    });
  });

  it('takes a box or an outline, not both and not neither', async () => {
    const { id: photoId, ownerToken: token } = await parse();
    const outline = [
      { x: 0, y: 0 },
      { x: 40, y: 0 },
      { x: 0, y: 40 },
    ];
    for (const drawn of [{}, { box: elsewhere, outline }]) {
      const { errors } = await server.query(ADD, { photoId, token, ...drawn });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
    }
  });

  it('can be searched with and looked at', async () => {
    const garment = await add(await parse(), elsewhere);
    expect(garment.similarItems.edges).toHaveLength(1);
    expect(garment.mask).toMatch(/^M/);
    expect((await fetch(server.url + garment.cropUrl)).status).toBe(200);
  });

  it.each([
    [{ x1: -1, y1: 0, x2: 30, y2: 30 }],
    [{ x1: 0, y1: 0, x2: 121, y2: 30 }],
    [{ x1: 0, y1: 0, x2: 30, y2: 160.5 }],
    [{ x1: 0, y1: 0, x2: 15.9, y2: 30 }],
    [{ x1: 30, y1: 0, x2: 0, y2: 30 }],
  ])('refuses the box %j', async (box) => {
    const { id, ownerToken } = await parse();
    expect(await refusal(id, box, ownerToken)).toMatchObject({ code: 'INVALID_INPUT', field: 'box' });
  });

  it('takes a corner that is as good as the edge', async () => {
    const garment = await add(await parse(), { x1: 1e-300, y1: 0, x2: 40, y2: 30 });
    expect(garment.box.x1).toBe(0);
  });

  it('takes a box that reaches to the edges', async () => {
    await add(await parse(), { x1: 0, y1: 0, x2: 120, y2: 160 });
  });

  it('says that there is no such photo: unknown, expired, or of another shop', async () => {
    const expired = await makePhoto(server.db, server.shopId, { ttlHours: -1 });
    const other = await makeShop(server.db);
    const theirs = await makePhoto(server.db, other);
    for (const id of [NOBODY, 'nonsense', expired.id, theirs.id]) {
      expect(await refusal(id, elsewhere)).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('adds at most twenty to a photo, however many are asked for at once', async () => {
    const { id, ownerToken: token } = await parse();
    const answers = await Promise.all(
      Array.from({ length: 23 }, () => server.query(ADD, { photoId: id, box: elsewhere, token })),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes.filter((code) => code === undefined)).toHaveLength(20);
    expect(codes.filter((code) => code === 'TOO_MANY_REGIONS')).toHaveLength(3);
    expect(await garmentsOf(id)).toHaveLength(21);
  });

  it('is refused to whoever has the link alone', async () => {
    const { id } = await parse();
    const other = await parse();
    for (const token of [undefined, '', 'please', other.ownerToken]) {
      expect(await refusal(id, elsewhere, token)).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await garmentsOf(id)).toHaveLength(1);
    const key = await server.makeKey('merchandiser');
    expect((await server.query(ADD, { photoId: id, box: elsewhere }, { key })).errors).toBeUndefined();
  });

  it('counts as a parse of the client', async () => {
    const busy = await makeTestServer({ clock: STANDS_STILL, environment: { PARSES_PER_MINUTE: '2' } });
    const { id, ownerToken: token } = (await busy.upload(PARSE, await drawPicture())).data.parsePhoto;
    const ask = () => busy.query(ADD, { photoId: id, box: elsewhere, token });
    expect((await ask()).errors).toBeUndefined();
    expect((await ask()).errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
    await busy.close();
  });
});

describe('removeGarment', () => {
  it('takes back what was drawn, once', async () => {
    const photo = await parse();
    const { id } = await add(photo, elsewhere);
    const token = photo.ownerToken;
    expect((await server.query(REMOVE, { id, token })).data.removeGarment).toBe(true);
    expect(await garmentsOf(photo.id)).toHaveLength(1);
    expect((await server.query(REMOVE, { id, token })).data.removeGarment).toBe(false);
  });

  it('is refused to whoever has the link alone', async () => {
    const photo = await parse();
    const { id } = await add(photo, elsewhere);
    for (const garmentId of [id, photo.garments[0]!.id]) {
      for (const token of [null, (await parse()).ownerToken]) {
        const { errors } = await server.query(REMOVE, { id: garmentId, token });
        expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      }
    }
    expect(await garmentsOf(photo.id)).toHaveLength(2);
  });

  it('leaves alone what the parser found, what an item has, and what has expired', async () => {
    const { garments, ownerToken } = await parse();
    const { data } = await server.query('{ item(id: "i") { primaryGarment { id } } }');
    const photo = await parse();
    const drawn = await add(photo, elsewhere);
    const remove = 'mutation ($id: ID!, $token: String) { deletePhoto(id: $id, token: $token) }';
    await server.query(remove, { id: photo.id, token: photo.ownerToken });
    for (const id of [garments[0]!.id, data.item.primaryGarment.id, drawn.id, NOBODY, 'nonsense']) {
      expect((await server.query(REMOVE, { id, token: ownerToken })).data.removeGarment).toBe(false);
    }
    expect((await server.query('{ item(id: "i") { primaryGarment { id } } }')).data).toEqual(data);
  });
});
