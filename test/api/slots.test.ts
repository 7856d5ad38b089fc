import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeShop } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { zipOf } from '../helpers/zip.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await makeTestServer({ worker: true });
  key = await server.makeKey('merchandiser');
});
afterAll(() => server?.close());

const SAVE =
  'mutation ($slot: SlotInput!) { saveSlot(slot: $slot) { name label categories productTypes isBuiltIn } }';
const SHOP = `{ shop { slots { name label categories productTypes isBuiltIn itemCount }
  slotImport { name kind state rowsTotal itemsReady itemsFailed itemsPending percentage } } }`;
const SHOES = { name: 'shoes', label: 'Shoes', productTypes: ['Shoes', 'sneakers'] };

interface Row {
  readonly id: string;
  readonly title?: string;
  readonly google_product_category?: string;
  readonly product_type?: string;
  /** In its picture the fake vision finds nothing. */
  readonly bare?: boolean;
}

const COLOURS = ['crimson', 'navy', 'teal', 'gold', 'olive', 'plum', 'salmon', 'tan'];

/** Each with a picture of its own, in which the fake vision finds a skirt. */
async function importRows(rows: readonly Row[]) {
  const pictures = await Promise.all(
    rows.map(async ({ id, bare }, i) => {
      const picture = await drawPicture(bare ? { color: null, width: 100 + i } : { color: COLOURS[i]! });
      return [`${id}.png`, picture] as const;
    }),
  );
  const lines = rows.map(({ id, title = id, bare: _, ...row }) =>
    JSON.stringify({ id, title, image_link: `${id}.png`, ...row }),
  );
  const feed = await zipOf({ 'feed.jsonl': lines.join('\n'), ...Object.fromEntries(pictures) });
  const { data, errors } = await server.upload(
    'mutation ($file: Upload!) { importCatalogue(feed: $file) { id } }',
    feed,
    { key, name: 'feed.zip' },
  );
  expect(errors).toBeUndefined();
  const ask = `{ importJob(id: "${data.importCatalogue.id}") { state kind itemsReady rowsUnchanged errors { code } } }`;
  const job = async () => (await server.query(ask, {}, { key })).data.importJob;
  await expect.poll(async () => (await job()).state, { timeout: 50_000 }).toBe('DONE');
  return job();
}

const save = (slot: object) => server.query(SAVE, { slot }, { key });
const remove = (name: string) =>
  server.query('mutation ($name: String!) { removeSlot(name: $name) }', { name }, { key });
const shop = async () => (await server.query(SHOP, {}, { key })).data.shop;
const settled = async () => {
  await expect.poll(async () => (await shop()).slotImport.state, { timeout: 50_000 }).toBe('DONE');
  return (await shop()).slotImport;
};
const itemOf = async (id: string) =>
  (
    await server.query(
      'query ($id: ID!) { item(id: $id) { state failure primaryGarment { id whole category } images { garments { id } } } }',
      { id },
      { key },
    )
  ).data.item;
const similarTo = async (id: string): Promise<string[]> => {
  const { data, errors } = await server.query(
    'query ($to: SimilarTo!) { similarItems(to: $to, first: 50, minScore: 0) { edges { node { item { id } } } } }',
    { to: { itemId: id } },
    { key },
  );
  expect(errors).toBeUndefined();
  return data.similarItems.edges.map(({ node }: { node: { item: { id: string } } }) => node.item.id).sort();
};
const slotsOf = async () => {
  const { rows } = await server.db.inShop(server.shopId, (tx) =>
    tx.query<{ id: string; slot: string | null; whole: boolean }>(
      'select id, slot, whole_picture as whole from items order by id',
    ),
  );
  return Object.fromEntries(rows.map(({ id, slot, whole }) => [id, whole ? `${slot} whole` : slot]));
};

describe('the slots of a shop', () => {
  it('are the built-in ones at first, and have no import', async () => {
    const { slots, slotImport } = await shop();
    expect(slots).toMatchObject([
      { name: 'outerwear', categories: ['SHORT_SLEEVE_OUTWEAR', 'LONG_SLEEVE_OUTWEAR'], isBuiltIn: true },
      { name: 'top', productTypes: [] },
      { name: 'bottom', itemCount: 0 },
      { name: 'dress', label: 'Dress' },
    ]);
    expect(slotImport).toBeNull();
  });

  it('take up items that were imported before, whose pictures are then compared whole', async () => {
    await importRows([
      { id: 'sandal', google_product_category: 'Apparel & Accessories > Shoes', bare: true },
      { id: 'skirt', product_type: 'Skirts' },
      { id: 'trainer', product_type: 'Women > Sneakers', bare: true },
      // In words that nothing here knows: until there is a slot, the skirt above the bag is taken for the item.
      { id: 'umhang', product_type: 'Umhängetaschen' },
    ]);
    expect(await itemOf('sandal')).toMatchObject({
      failure: expect.stringMatching(/outside of the 13.*slot/),
      primaryGarment: null,
    });
    expect(await slotsOf()).toEqual({ sandal: null, skirt: 'bottom', trainer: null, umhang: 'bottom' });
    expect(await similarTo('skirt')).toEqual(['umhang']);

    const given = { ...SHOES, label: 'Sho\u001bes\u202e', productTypes: ['Sho\u001bes', 'sneakers'] };
    expect((await save(given)).data.saveSlot).toEqual({ ...SHOES, categories: [], isBuiltIn: false });
    expect(await settled()).toMatchObject({
      name: 'Slot Shoes',
      kind: 'SLOTS',
      itemsReady: 2,
      itemsFailed: 0,
      percentage: 100,
    });
    expect(await itemOf('sandal')).toMatchObject({
      state: 'READY',
      failure: null,
      primaryGarment: { whole: true, category: null },
    });
    expect(await similarTo('sandal')).toEqual(['trainer']);
    expect(await similarTo('skirt')).toEqual(['umhang']);

    await save({ name: 'bags', label: 'Bags', productTypes: ['UMHÄNGETASCHEN'] });
    expect(await settled()).toMatchObject({ itemsReady: 1 });
    expect(await slotsOf()).toEqual({
      sandal: 'shoes whole',
      skirt: 'bottom',
      trainer: 'shoes whole',
      umhang: 'bags whole',
    });
    expect(await similarTo('skirt')).toEqual([]);
    const counts = (await shop()).slots.map((slot: { name: string; itemCount: number }) => [
      slot.name,
      slot.itemCount,
    ]);
    expect(Object.fromEntries(counts)).toMatchObject({ bottom: 1, shoes: 2, bags: 1, dress: 0 });
  });

  it('take up new items at once, and again those whose category has changed', async () => {
    await importRows([
      { id: 'new-1', product_type: 'Shoes > Boots' },
      { id: 'new-2', product_type: 'Oberteile' },
    ]);
    expect(await slotsOf()).toMatchObject({ 'new-1': 'shoes whole', 'new-2': 'bottom' });
    expect(await similarTo('new-1')).toEqual(['sandal', 'trainer']);
    // Neither of these is a category that is known without the slot.
    await importRows([
      { id: 'new-1', product_type: 'Stiefel' },
      { id: 'new-2', product_type: 'Umhängetaschen' },
    ]);
    expect(await slotsOf()).toMatchObject({ 'new-1': 'bottom', 'new-2': 'bags whole' });
    expect(await importRows([{ id: 'new-1', product_type: 'Stiefel' }])).toMatchObject({ rowsUnchanged: 1 });
    await server.query('mutation { deleteItems(ids: ["new-1", "new-2"]) }', {}, { key });
  });

  it('give their items back when they are removed', async () => {
    expect((await remove('shoes')).data.removeSlot).toBe(true);
    expect((await remove('shoes')).data.removeSlot).toBe(false);
    await remove('bags');
    await settled();
    expect(await slotsOf()).toEqual({ sandal: null, skirt: 'bottom', trainer: null, umhang: 'bottom' });
    expect(await itemOf('sandal')).toMatchObject({
      failure: expect.stringContaining('outside of the 13'),
      primaryGarment: null,
      images: [{ garments: [] }],
    });
    expect(await itemOf('umhang')).toMatchObject({
      failure: null,
      primaryGarment: { whole: false, category: 'SKIRT' },
      images: [{ garments: [{}] }],
    });
    expect(await similarTo('skirt')).toEqual(['umhang']);
  });

  it('leave a garment that a merchandiser chose', async () => {
    const [{ garments }] = (await itemOf('umhang')).images;
    const choose = `mutation { setPrimaryGarment(itemId: "umhang", garmentId: "${garments[0].id}") { id } }`;
    await server.query(choose, {}, { key });
    await save({ name: 'bags', label: 'Bags', productTypes: ['UMHÄNGETASCHEN'] });
    await settled();
    expect(await itemOf('umhang')).toMatchObject({ primaryGarment: { id: garments[0].id } });
    await server.query('mutation { setPrimaryGarment(itemId: "umhang") { id } }', {}, { key });
    expect(await itemOf('umhang')).toMatchObject({ primaryGarment: { whole: true } });
    await remove('bags');
    await settled();
  });

  it('take the slot with the longest word, and leave garments what they are', async () => {
    await importRows([
      { id: 'runner', product_type: 'Running shoes' },
      { id: 'swim', product_type: 'Beach', title: 'Pleated skirt' },
    ]);
    await save(SHOES);
    await save({ name: 'running', label: 'Running', productTypes: ['running shoes'] });
    await save({ name: 'beach', label: 'Beach', productTypes: ['beach'] });
    await settled();
    expect(await slotsOf()).toMatchObject({ runner: 'running whole', swim: 'beach', sandal: 'shoes whole' });
    expect(await similarTo('skirt')).toContain('swim');
    // Replaced: what was in it before is not.
    await save({ ...SHOES, label: 'Footwear', productTypes: ['sneakers'] });
    await settled();
    expect(await slotsOf()).toMatchObject({ sandal: null, trainer: 'shoes whole' });
    for (const name of ['shoes', 'running', 'beach']) await remove(name);
    await settled();
  });

  it.each([
    [{ ...SHOES, name: 'Shoes' }, 'slot.name'],
    [{ ...SHOES, name: '' }, 'slot.name'],
    [{ ...SHOES, name: 'a'.repeat(31) }, 'slot.name'],
    [{ ...SHOES, name: 'dress' }, 'slot.name'],
    [{ ...SHOES, label: ' ' }, 'slot.label'],
    [{ ...SHOES, label: 'x'.repeat(61) }, 'slot.label'],
    [{ ...SHOES, productTypes: [] }, 'slot.productTypes'],
    [{ ...SHOES, productTypes: ['– & –'] }, 'slot.productTypes'],
    [{ ...SHOES, productTypes: ['x'.repeat(101)] }, 'slot.productTypes'],
    [{ ...SHOES, productTypes: Array.from({ length: 51 }, (_, i) => `type ${i}`) }, 'slot.productTypes'],
  ])('refuse %j', async (slot, field) => {
    const { errors } = await save(slot);
    expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', field });
  });

  it('are at most 20, and the built-in ones stay', async () => {
    const other = await server.makeKey('admin', await makeShop(server.db));
    const saveOther = (name: string) => server.query(SAVE, { slot: { ...SHOES, name } }, { key: other });
    for (let i = 0; i < 20; i++) expect((await saveOther(`slot-${i}`)).errors).toBeUndefined();
    expect((await saveOther('one-more')).errors![0]!.extensions.code).toBe('TOO_MANY_SLOTS');
    expect((await saveOther('slot-3')).errors).toBeUndefined();
    expect((await remove('top')).errors![0]!.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'name',
    });
    // The other shop's are not ours.
    expect((await shop()).slots).toHaveLength(4);
  });

  it('are the merchandisers to change, and everybody to read', async () => {
    const widget = await server.makeKey('widget');
    for (const withKey of [undefined, widget]) {
      const options = withKey === undefined ? {} : { key: withKey };
      const saved = await server.query(SAVE, { slot: SHOES }, options);
      expect(saved.errors![0]!.extensions.code).toBe('FORBIDDEN');
      const removed = await server.query('mutation { removeSlot(name: "shoes") }', {}, options);
      expect(removed.errors![0]!.extensions.code).toBe('FORBIDDEN');
      const read = await server.query('{ shop { slots { name } slotImport { id } } }', {}, options);
      expect(read.data.shop).toMatchObject({ slots: [{}, {}, {}, {}], slotImport: null });
    }
  });
});

describe('a region that a shopper drew', () => {
  it('finds goods outside the categories where no garment is in it', async () => {
    await save(SHOES);
    await settled();
    const { data: photo } = await server.upload(
      'mutation ($file: Upload!) { parsePhoto(image: $file) { id garments { id } } }',
      await drawPicture({ width: 200, height: 200 }),
      { key },
    );
    const drawn = await server.query(
      `mutation { addRegion(photoId: "${photo.parsePhoto.id}", box: { x1: 0, y1: 0, x2: 30, y2: 30 }) { id category } }`,
      {},
      { key },
    );
    expect(drawn.data.addRegion.category).toBeNull();
    const list = async (id: string): Promise<string[]> => {
      const { data } = await server.query(
        'query ($to: SimilarTo!) { similarItems(to: $to, first: 50, minScore: 0) { edges { node { item { id } } } } }',
        { to: { garmentId: id } },
        { key },
      );
      return data.similarItems.edges.map(({ node }: { node: { item: { id: string } } }) => node.item.id);
    };
    expect(await list(drawn.data.addRegion.id)).toEqual(expect.arrayContaining(['skirt', 'trainer']));
    expect(await list(photo.parsePhoto.garments[0].id)).not.toContain('trainer');
  });
});
