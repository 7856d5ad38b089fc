import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreUnavailableError } from '../../server/errors/store-unavailable.ts';
import { findSearchShop } from '../../server/garments/search-shop.sql.ts';
import { dropModelVectors, listModelStatus } from '../../server/models/models.ts';
import { outlast } from '../../server/models/outlast.ts';
import { startReadingAttributes } from '../../server/models/read-attributes.ts';
import { type Reembedding, startReembedding } from '../../server/models/reembed.ts';
import { findNearestItems } from '../../server/retrieval/nearest/search.ts';
import { findTargets } from '../../server/retrieval/target.sql.ts';
import type { AttributeReader } from '../../server/vision/contract.ts';
import { decode } from '../../server/vision/image.ts';
import { ingestImage } from '../../server/vision/ingest.ts';
import { fullMask } from '../../server/vision/masks/masks.ts';
import { IMAGE, makeItem, TEST_MODEL } from '../helpers/factories.ts';
import { CANDIDATE_MODEL, makeFakeCandidate, makeFakeVision } from '../helpers/fake-vision.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { distanceOf } from '../helpers/random.ts';
import { makeExplained, withPlans } from '../helpers/search-plans.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const COLORS = [
  '#dc143c',
  '#0a1482',
  '#148c78',
  '#ffd21e',
  '#0c0f14',
  '#8c0f6e',
  '#f08c0a',
  '#3c7814',
  '#fab4c8',
  '#6e3c1e',
  '#501ec8',
];
const MODELS = '{ models { id name state isInUse isLoaded garments embedded failed } }';
const SIMILAR = `query ($to: SimilarTo!) { similarItems(to: $to, first: 20) {
  edges { node { similarity item { id } } } pageInfo { hasNextPage } } }`;

const candidate = makeFakeCandidate();
let server: TestServer;
let admin: string;
let work: Reembedding;
/** Each item's vectors by the two models. */
const vectors = new Map<string, Record<'before' | 'again' | 'after', Float32Array>>();

/** An item as it was parsed before there was a candidate. */
async function addItem(id: string, color: string): Promise<void> {
  const bytes = await drawPicture({ ...IMAGE, color });
  const { images } = server.services;
  const { sha256, garments } = await ingestImage({ vision: makeFakeVision(), images }, bytes);
  await makeItem(server.db, server.shopId, { id, title: `A ${color} skirt`, sha256, garments });
  // A re-embedding sees the image as it was stored.
  const stored = await decode(await images.read(sha256));
  const masked = { mask: fullMask(stored.width, stored.height), category: null };
  const [again, after] = await Promise.all(
    server.services.vision.embedders!.map(
      async (embedder) => (await embedder.embed(stored, [masked]))[0]!.embedding,
    ),
  );
  vectors.set(id, { before: garments[0]!.embedding, again: again!, after: after! });
}

beforeAll(async () => {
  server = await makeTestServer({ candidate });
  admin = await server.makeKey('admin');
  for (const color of COLORS) await addItem(color, color);
});
afterAll(async () => {
  await work?.stop();
  await server.close();
});

async function models(): Promise<Record<string, unknown>[]> {
  return (await server.query(MODELS, {}, { key: admin })).data.models;
}
async function untilReady(): Promise<string> {
  for (let i = 0; i < 300; i++) {
    const found = (await models()).find(({ name, state }) => name === CANDIDATE_MODEL && state === 'READY');
    if (found) return String(found.id);
    await pause(50);
  }
  throw new Error('The model is not ready.');
}
const search = async (to: object) =>
  (await server.query(SIMILAR, { to }, { key: admin })).data.similarItems.edges.map(
    ({ node }: { node: { item: { id: string } } }) => node.item.id,
  );
/** Brute force over the drawn pictures. */
const expected = (id: string, by: 'before' | 'again' | 'after') =>
  [...vectors.keys()]
    .filter((other) => other !== id)
    .map((other) => ({ other, distance: distanceOf(vectors.get(id)![by], vectors.get(other)![by]) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ other }) => other);
const mutate = (text: string, key = admin) =>
  server.query(`mutation { ${text} { id name isInUse state } }`, {}, { key });

describe('a change of model', () => {
  let id: string;

  it('begins with the vectors that the garments were parsed with', async () => {
    expect(await models()).toEqual([
      {
        id: 'original',
        name: TEST_MODEL,
        state: 'READY',
        isInUse: true,
        isLoaded: true,
        garments: COLORS.length,
        embedded: COLORS.length,
        failed: 0,
      },
    ]);
  });

  it('embeds the garments again beside the searches', async () => {
    work = startReembedding(server.services);
    id = await untilReady();
    expect((await models())[1]).toMatchObject({
      embedded: COLORS.length,
      failed: 0,
      isInUse: false,
      isLoaded: true,
    });
    expect(await search({ itemId: '#dc143c' })).toEqual(expected('#dc143c', 'before'));
    expect(server.logged).toEqual([]);
  });

  it('reads the colours of garments that were parsed without', async () => {
    const { rows } = await server.db.inShop(server.shopId, (tx) =>
      tx.query(`select item_id as id, colour, shades->0->>'colour' as shade from garments
        where item_id in ('#dc143c', '#0a1482', '#ffd21e') order by item_id`),
    );
    expect(rows).toEqual([
      { id: '#0a1482', colour: 'blue', shade: 'blue' },
      { id: '#dc143c', colour: 'red', shade: 'red' },
      { id: '#ffd21e', colour: 'yellow', shade: 'yellow' },
    ]);
  });

  it('embeds new photos and items by both models', async () => {
    const { data } = await server.upload(
      'mutation ($file: Upload!) { parsePhoto(image: $file) { garments { id } } }',
      await drawPicture({ ...IMAGE, color: '#0a1482' }),
    );
    const garmentId = data.parsePhoto.garments[0].id;
    const { rows } = await server.db.inShop(server.shopId, (tx) =>
      tx.query('select is_primary from model_vectors where garment_id = $1', [garmentId]),
    );
    expect(rows).toEqual([{ is_primary: false }]);
    expect((await search({ garmentId }))[0]).toBe('#0a1482');
    await mutate(`promoteModel(id: "${id}")`);
    expect((await search({ garmentId }))[0]).toBe('#0a1482');
    await mutate('rollBackModel');
  });

  it('compares the two on a live sample', async () => {
    const compare = `query ($id: ID!) { compareModels(id: $id, sample: 100) {
      sample overlap rankChange examples { overlap item { id } before { id } after { id } } } }`;
    const { data } = await server.query(compare, { id }, { key: admin });
    const { sample, overlap, rankChange, examples } = data.compareModels;
    expect(sample).toBe(COLORS.length);
    // Ten others there are, so that all are named by both, in another order.
    expect(overlap).toBe(1);
    const changes = COLORS.flatMap((color) => {
      const after = expected(color, 'after');
      return expected(color, 'before').map((other, rank) => Math.abs(after.indexOf(other) - rank));
    });
    expect(rankChange).toBeCloseTo(changes.reduce((sum, change) => sum + change) / changes.length, 6);
    expect(rankChange).toBeGreaterThan(0);
    expect(examples).toHaveLength(5);
    for (const { item, before, after } of examples) {
      expect(before.map((other: { id: string }) => other.id)).toEqual(expected(item.id, 'before'));
      expect(after.map((other: { id: string }) => other.id)).toEqual(expected(item.id, 'after'));
    }
    const same = await server.query(compare, { id: 'original' }, { key: admin });
    expect(same.data.compareModels).toMatchObject({ overlap: 1, rankChange: 0 });
  });

  it('is for admins', async () => {
    const key = await server.makeKey('merchandiser');
    for (const text of [`promoteModel(id: "${id}")`, 'rollBackModel', `dropModel(id: "${id}")`]) {
      expect((await mutate(text, key)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect((await server.query(MODELS, {}, { key })).errors).toBeUndefined();
  });

  it('switches at once, without touching a garment', async () => {
    const { rows: before } = await server.db.asOwner((tx) =>
      tx.query('select xmin, id from garments order by id'),
    );
    expect((await mutate(`promoteModel(id: "${id}")`)).data.promoteModel).toEqual({
      id,
      name: CANDIDATE_MODEL,
      isInUse: true,
      state: 'READY',
    });
    for (const color of COLORS) expect(await search({ itemId: color })).toEqual(expected(color, 'after'));
    const { rows: after } = await server.db.asOwner((tx) =>
      tx.query('select xmin, id from garments order by id'),
    );
    expect(after).toEqual(before);
  });

  it('searches by an index of the new vectors alone, which gives what comparing all gives', async () => {
    const { shopId, db } = server;
    await makeExplained(db);
    const plans = await db.inShop(shopId, async (tx) => {
      const { vectors: source } = await findSearchShop(tx, shopId);
      const [target] = await findTargets(tx, { shopId, vectors: source }, [{ kind: 'item', id: '#ffd21e' }]);
      if (!target || target.embedding === null) throw new Error('no vector');
      const explaining = withPlans(tx);
      const query = {
        shopId,
        shopCurrency: 'EUR',
        embedding: target.embedding,
        embeddingModel: target.embeddingModel,
        vectors: source,
        filter: {},
        exceptItemId: '#ffd21e',
        limit: 5,
      };
      const byIndex = await findNearestItems(explaining.tx, { ...query, exactRows: 0 });
      expect(byIndex).toEqual(await findNearestItems(tx, { ...query, exactRows: 1e6 }));
      return explaining.plans.join('\n');
    });
    expect(plans).toMatch(/Index Scan using model_vectors_(m\w+_embedding_idx|nearest_\d+)/);
    expect(plans).not.toMatch(/garments_nearest|garments_\w+_embedding_idx/);
  });

  it('matches what comes while the new model is in use, and no more what goes', async () => {
    const { garments, sha256 } = await ingestImage(
      server.services,
      await drawPicture({ ...IMAGE, color: 'coral' }),
    );
    await makeItem(server.db, server.shopId, { id: 'coral', sha256, garments });
    expect((await search({ itemId: '#dc143c' })).slice(0, 3)).toContain('coral');
    // A correction of the primary garment reaches the index.
    const primary = (value: boolean) =>
      server.db.inShop(server.shopId, (tx) =>
        tx.query(`update garments set is_primary = $1 where item_id = 'coral'`, [value]),
      );
    await primary(false);
    expect(await search({ itemId: '#dc143c' })).not.toContain('coral');
    await primary(true);
    expect(await search({ itemId: '#dc143c' })).toContain('coral');
    await server.db.inShop(server.shopId, (tx) => tx.query(`delete from items where id = 'coral'`));
    expect(await search({ itemId: '#dc143c' })).toEqual(expected('#dc143c', 'after'));
  });

  it('rolls back at once, and forward again', async () => {
    expect((await mutate('rollBackModel')).data.rollBackModel).toMatchObject({
      id: 'original',
      isInUse: true,
    });
    for (const color of COLORS) expect(await search({ itemId: color })).toEqual(expected(color, 'before'));
    expect((await mutate('rollBackModel')).data.rollBackModel).toMatchObject({ id, isInUse: true });
    expect(await search({ itemId: '#ffd21e' })).toEqual(expected('#ffd21e', 'after'));
  });

  it('does not drop what is in use, nor turn to what is not ready or not at hand', async () => {
    const code = async (text: string) => (await mutate(text)).errors?.[0]?.extensions.code;
    expect(await code(`dropModel(id: "${id}")`)).toBe('MODEL_NOT_USABLE');
    // The server still parses with the old model.
    expect(await code('dropModel(id: "original")')).toBe('MODEL_NOT_USABLE');
    const { rows } = await server.db.asOwner((tx) =>
      tx.query<{ id: string }>(`select open_model($1::uuid, 'elsewhere') as id`, [server.shopId]),
    );
    const other = rows[0]!.id;
    expect(await code(`promoteModel(id: "${other}")`)).toBe('MODEL_NOT_USABLE');
    await server.db.asOwner((tx) =>
      tx.query(`update shop_models set state = 'ready' where id = $1`, [other]),
    );
    expect(await code(`promoteModel(id: "${other}")`)).toBe('MODEL_NOT_USABLE');
    expect(await code(`dropModel(id: "${other}")`)).toBeUndefined();
    expect((await models()).find((model) => model.id === other)).toMatchObject({
      state: 'DROPPED',
      embedded: 0,
    });
    expect(await code('promoteModel(id: "nothing")')).toBe('NOT_FOUND');
  });

  it('does not drop what somebody else promotes at the same moment', async () => {
    const { db, shopId, services } = server;
    await mutate('rollBackModel');
    // Promoted when the drop has looked at what is in use, and before it drops.
    const asOwner: typeof db.asOwner = async (statements) => {
      await mutate(`promoteModel(id: "${id}")`);
      return db.asOwner(statements);
    };
    const parts = { db: { ...db, asOwner }, shopId, vision: services.vision };
    await expect(dropModelVectors(parts, id)).rejects.toMatchObject({ code: 'MODEL_NOT_USABLE' });
    expect(await search({ itemId: '#ffd21e' })).toEqual(expected('#ffd21e', 'after'));
  });

  it('embeds anew what comes back after its deletion was undone', async () => {
    await work.stop();
    const ids = JSON.stringify(['#ffd21e']);
    await server.query(`mutation { deleteItems(ids: ${ids}, keep: true) }`, {}, { key: admin });
    await server.query(`mutation { restoreItems(ids: ${ids}) }`, {}, { key: admin });
    const current = async () => (await models()).find((model) => model.id === id)!;
    expect(await current()).toMatchObject({ state: 'EMBEDDING', isInUse: true });
    // What loses its vector behind a pass is not forgotten by its end.
    await new Promise<void>((resolve) => {
      const lose = () =>
        server.db.inShop(server.shopId, (tx) =>
          tx.query(`delete from model_vectors v using garments g
            where v.shop_id = g.shop_id and v.garment_id = g.id and g.item_id = '#0a1482'`),
        );
      work = startReembedding(server.services, () => void lose().then(() => resolve()));
    });
    await work.stop();
    const left = await current();
    expect(left).toMatchObject({ state: 'EMBEDDING', embedded: Number(left.garments) - 1 });
    work = startReembedding(server.services);
    await untilReady();
    expect(await search({ itemId: '#ffd21e' })).toEqual(expected('#ffd21e', 'after'));
  });

  it('does not turn to a model that could embed nothing', async () => {
    const { rows } = await server.db.asOwner((tx) =>
      tx.query<{ id: string }>(`select open_model($1::uuid, $2) as id`, [server.shopId, TEST_MODEL]),
    );
    await server.db.asOwner((tx) =>
      tx.query(`update shop_models set state = 'ready', failed = 1 where id = $1`, [rows[0]!.id]),
    );
    const { errors } = await mutate(`promoteModel(id: "${rows[0]!.id}")`);
    expect(errors?.[0]?.message).toContain('has embedded no garment');
    await mutate(`dropModel(id: "${rows[0]!.id}")`);
  });

  it('counts what cannot be embedded, and goes on', async () => {
    await makeItem(server.db, server.shopId, { id: 'lost', sha256: 'ef'.repeat(32) });
    const current = async () => (await models()).find((model) => model.id === id)!;
    await work.stop();
    work = startReembedding(server.services);
    for (let i = 0; i < 100 && (await current()).failed !== 1; i++) await pause(50);
    expect(await current()).toMatchObject({ failed: 1, state: 'READY' });
    expect(server.logged.splice(0)).toHaveLength(1);
    await server.db.inShop(server.shopId, (tx) => tx.query(`delete from items where id = 'lost'`));
  });

  it('ends with the new vectors in the place of the old', async () => {
    await work.stop();
    const { db, shopId } = server;
    const own = makeFakeVision({ model: CANDIDATE_MODEL });
    const restarted = { ...server.services, vision: own };
    const parts = { db, shopId, vision: own };
    // As long as another server parses with the old one, what it finds could not be searched with.
    await db.asOwner((tx) =>
      tx.query(`insert into servers (id, store, model) values ('${shopId}', 'other', 'an-old-model')`),
    );
    await expect(dropModelVectors(parts, 'original')).rejects.toMatchObject({ code: 'MODEL_NOT_USABLE' });
    await db.asOwner((tx) => tx.query('delete from servers'));
    const dropped = await dropModelVectors(parts, 'original');
    expect(dropped).toMatchObject({ id, state: 'moving' });
    work = startReembedding(restarted);
    const status = async () => (await listModelStatus({ db, shopId, vision: own }))[0]!;
    for (let i = 0; i < 200 && !(await status()).isInUse; i++) await pause(50);
    expect(await status()).toMatchObject({ name: CANDIDATE_MODEL, isInUse: true });
    for (const color of COLORS) expect(await search({ itemId: color })).toEqual(expected(color, 'after'));
    const left = async () => {
      const { rows } = await db.asOwner((tx) =>
        tx.query<{ n: number }>('select count(*)::int as n from model_vectors'),
      );
      return rows[0]!.n;
    };
    // Searches that have begun with what lay beside the garments find it still.
    expect(await left()).toBeGreaterThan(0);
    await expect.poll(left, { timeout: 15_000 }).toBe(0);
    expect((await mutate('rollBackModel')).errors?.[0]?.extensions.code).toBe('MODEL_NOT_USABLE');
    // What could not be embedded has its old vector still: no reason to embed all the others once more.
    await makeItem(db, shopId, { id: 'lost', sha256: 'ef'.repeat(32) });
    await work.stop();
    work = startReembedding(restarted);
    await work.stop();
    expect(await status()).toMatchObject({ name: CANDIDATE_MODEL, isInUse: true });
    expect(await search({ itemId: '#ffd21e' })).toEqual(expected('#ffd21e', 'after'));
    await db.inShop(shopId, (tx) => tx.query(`delete from items where id = 'lost'`));
  });
});

it('reads the patterns of garments that were parsed without, once', async () => {
  let images = 0;
  const attributes: AttributeReader = {
    model: 'patterns-1',
    read: async (_, garments) => {
      images += 1;
      return garments.map(() => ({ model: 'patterns-1', pattern: { name: 'striped', confidence: 0.9 } }));
    },
  };
  const parts = { ...server.services, vision: { ...server.services.vision, attributes } };
  const patterns = async () => {
    const { data } = await server.query('{ items(first: 50) { edges { node { pattern } } } }');
    return data.items.edges.map(({ node }: { node: { pattern: string | null } }) => node.pattern);
  };
  expect(await patterns()).toEqual(Array(COLORS.length).fill(null));
  await startReadingAttributes(parts).done;
  expect(await patterns()).toEqual(Array(COLORS.length).fill('striped'));
  await startReadingAttributes(parts).done;
  expect(images).toBe(COLORS.length);
});

it('outlasts a store that is away for a while, and no longer', async () => {
  const away = new StoreUnavailableError('It does not answer.');
  const work = vi.fn().mockRejectedValueOnce(away).mockRejectedValueOnce(away).mockResolvedValueOnce('done');
  const { signal } = new AbortController();
  expect(await outlast(work, signal, 1)).toBe('done');
  const never = vi.fn().mockRejectedValue(away);
  await expect(outlast(never, signal, 1)).rejects.toBe(away);
  await expect(outlast(never, AbortSignal.abort())).rejects.toBe(away);
  const broken = vi.fn().mockRejectedValue(new Error('broken'));
  await expect(outlast(broken, signal)).rejects.toThrow('broken');
  expect([never.mock.calls.length, broken.mock.calls.length]).toEqual([7, 1]);
});

describe('a server that starts with another model', () => {
  it('embeds the shop again by itself, and finds what it has come to', async () => {
    await work.stop();
    const next = makeFakeVision({ model: 'next-model' });
    const { db, shopId } = server;
    work = startReembedding({ ...server.services, vision: next });
    const status = async () =>
      (await listModelStatus({ db, shopId, vision: next })).find(({ name }) => name === 'next-model');
    for (let i = 0; i < 200 && (await status())?.state !== 'ready'; i++) await pause(50);
    expect(await status()).toMatchObject({ state: 'ready', isInUse: true });
    expect(await search({ itemId: '#148c78' })).toEqual(expected('#148c78', 'again'));
  });
});
