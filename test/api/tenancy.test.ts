import { type GraphQLSchema, getNamedType, OperationTypeNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeNodeId, type NodeType } from '../../server/graphql/node.ts';
import { makeSchema } from '../../server/schema.ts';
import { makeShop } from '../helpers/factories.ts';
import { makeFakeCandidate } from '../helpers/fake-vision.ts';
import { drawPicture } from '../helpers/pictures.ts';
import {
  type Answer,
  CONTROL_TOKEN,
  makeTestServer,
  type TestServer,
  WIDGET_HOST,
} from '../helpers/server.ts';
import { dumpShop, fillShop, type ShopContents } from '../helpers/shop-contents.ts';
import { subscribeTo } from '../helpers/subscribe.ts';
import { namingFieldsBelow, rootFields, selectAll } from '../helpers/walk-schema.ts';

vi.setConfig({ testTimeout: 120_000 });

/** How deep answers are asked for: a match's item, its images and their garments. */
const DEPTH = 5;
/** Answered by functions that `Query.outfits` and `Query.item` try; asked of every item, they would take most of the time. */
const SAME_AS_QUERY = ['Item.outfits', 'Garment.outfits', 'ItemInsight.item', 'ItemSample.items'];
/** A hundred variants of each item of a walk cost more than any server allows; they have a test of their own. */
const SKIPPED = [...SAME_AS_QUERY, 'Item.variants'];
/** Where requests come from: a widget's key wants it. */
const PAGE = `https://${WIDGET_HOST}`;
/** In every text of the victim's, and in nothing else. */
const MARK = 'Victim';

interface Case {
  /** The field's arguments, which name the victim's rows; by the path that names them, '' where none does. */
  readonly asks: Readonly<Record<string, (of: ShopContents) => string>>;
  /** Sent as the file of a field that takes one. */
  readonly file?: (of: ShopContents) => Promise<Buffer>;
  /** It makes or reads rows of the viewer's own shop, whatever the arguments name. */
  readonly own?: true;
  /** Not to be tried by the owner of the rows either. */
  readonly uncontrolled?: true;
}

const text = (value: string) => JSON.stringify(value);
const by = (name: string, of: (contents: ShopContents) => string): Case['asks'] => ({
  [name]: (contents) => `(${name}: ${text(of(contents))})`,
});
const nodeIdOf = ({ shopId }: ShopContents, type: NodeType, id: string) => encodeNodeId({ type, shopId, id });
const nodeIdsOf = (of: ShopContents) => [
  nodeIdOf(of, 'Shop', of.shopId),
  nodeIdOf(of, 'Item', of.itemId),
  nodeIdOf(of, 'Garment', of.garmentId),
  nodeIdOf(of, 'Garment', of.itemGarmentId),
  nodeIdOf(of, 'Photo', of.photoId),
  nodeIdOf(of, 'Look', of.lookId),
  nodeIdOf(of, 'Rule', of.ruleId),
  nodeIdOf(of, 'ImportJob', of.doneJobId),
  nodeIdOf(of, 'AccessKey', of.keyId),
  nodeIdOf(of, 'EmbeddingModel', of.modelId),
];
const today = new Date().toISOString().slice(0, 10);
const rule = 'kind: PIN, position: 1';
const cursors = new Map<string, string>();
const after = (field: string) => ({ after: () => `(first: 1, after: ${text(cursors.get(field)!)})` });

/**
 * One for each field of the roots: a new field without a case fails below. The removing ones come last, since the
 * owner of the rows tries all of them in this order.
 */
const CASES: Readonly<Record<string, Case>> = {
  'query viewer': { asks: { '': () => '' }, own: true },
  'query shop': { asks: { '': () => '' }, own: true },
  'query keys': { asks: { '': () => '' }, own: true },
  'query insights': {
    asks: {
      '': () => `(from: ${text(today)}, to: ${text(today)})`,
      source: ({ keyId }) => `(from: ${text(today)}, to: ${text(today)}, source: ${text(keyId)})`,
    },
    own: true,
  },
  'query attention': { asks: { '': () => '' }, own: true },
  'query models': { asks: { '': () => '' }, own: true },
  'query webhooks': { asks: { '': () => '' }, own: true },
  'query webhookDeliveries': {
    asks: {
      endpointId: ({ webhookId }) => `(endpointId: ${text(webhookId)})`,
      after: ({ webhookId }) =>
        `(endpointId: ${text(webhookId)}, first: 1, after: ${text(cursors.get('webhookDeliveries')!)})`,
    },
  },
  'query retrievalHealth': { asks: { '': () => '' }, own: true },
  'query errorCodes': { asks: { '': () => '' }, own: true },
  'query node': { asks: by('id', (of) => nodeIdOf(of, 'Item', of.itemId)) },
  'query nodes': { asks: { ids: (of) => `(ids: ${JSON.stringify(nodeIdsOf(of))})` } },
  'query item': { asks: by('id', ({ itemId }) => itemId) },
  'query items': { asks: { '': () => '', ...after('items') }, own: true },
  'query catalogue': {
    asks: {
      '': () => '',
      'filter.importId': ({ doneJobId }) => `(filter: { importId: ${text(doneJobId)} })`,
    },
    own: true,
  },
  'query photo': { asks: by('id', ({ photoId }) => photoId) },
  'query importJob': { asks: by('id', ({ doneJobId }) => doneJobId) },
  'query imports': { asks: { '': () => '', ...after('imports') }, own: true },
  'query looks': { asks: { '': () => '', ...after('looks') }, own: true },
  'query look': { asks: by('id', ({ lookId }) => lookId) },
  'query itemsInNoOutfit': { asks: { '': () => '', ...after('itemsInNoOutfit') }, own: true },
  'query rules': { asks: { '': () => '', ...after('rules') }, own: true },
  'query duplicates': { asks: { '': () => '', ...after('duplicates') }, own: true },
  'query compareModels': { asks: by('id', ({ modelId }) => modelId) },
  'query tryOn': {
    asks: {
      garmentId: ({ garmentId }) => `(garmentId: ${text(garmentId)}, itemId: "own-1")`,
      itemId: ({ itemId, garmentId }) => `(garmentId: ${text(garmentId)}, itemId: ${text(itemId)})`,
    },
  },
  'query similarItems': {
    asks: {
      'to.garmentId': ({ garmentId }) => `(to: { garmentId: ${text(garmentId)} })`,
      'to.itemId': ({ itemId }) => `(to: { itemId: ${text(itemId)} })`,
      ...Object.fromEntries(
        ['moreLike', 'lessLike'].flatMap((like) => [
          [
            `refine.${like}.garmentId`,
            ({ garmentId }: ShopContents) =>
              `(to: { itemId: "own-1" }, refine: { ${like}: [{ garmentId: ${text(garmentId)} }] })`,
          ],
          [
            `refine.${like}.itemId`,
            ({ itemId }: ShopContents) =>
              `(to: { itemId: "own-1" }, refine: { ${like}: [{ itemId: ${text(itemId)} }] })`,
          ],
        ]),
      ),
      after: () => `(to: { itemId: "own-1" }, first: 1, after: ${text(cursors.get('similarItems')!)})`,
    },
  },
  'query outfits': {
    asks: {
      'to.garmentId': ({ garmentId }) => `(to: { garmentId: ${text(garmentId)} })`,
      'to.itemId': ({ itemId }) => `(to: { itemId: ${text(itemId)} })`,
      'to.photoId': ({ photoId }) => `(to: { photoId: ${text(photoId)} })`,
      locked: ({ topId }) => `(to: { itemId: "own-1" }, locked: [${text(topId)}])`,
      excluded: ({ itemId }) => `(to: { itemId: "own-1" }, excluded: [${text(itemId)}])`,
    },
  },
  'query outfit': { asks: by('id', ({ outfitId }) => outfitId) },
  'query swap': {
    asks: {
      outfit: ({ outfitId }) => `(outfit: ${text(outfitId)}, slot: "top")`,
      after: ({ outfitId }) =>
        `(outfit: ${text(outfitId)}, slot: "top", first: 1, after: ${text(cursors.get('swap')!)})`,
    },
  },
  'query previewRule': {
    asks: {
      'to.garmentId': ({ garmentId }) =>
        `(to: { garmentId: ${text(garmentId)} }, rule: { ${rule}, target: { itemId: "own-1" } })`,
      'to.itemId': ({ itemId }) =>
        `(to: { itemId: ${text(itemId)} }, rule: { ${rule}, target: { itemId: "own-1" } })`,
      'rule.id': ({ ruleId }) =>
        `(to: { itemId: "own-1" }, rule: { id: ${text(ruleId)}, kind: BURY, target: { category: SKIRT } })`,
      'rule.target.itemId': ({ itemId }) =>
        `(to: { itemId: "own-1" }, rule: { ${rule}, target: { itemId: ${text(itemId)} } })`,
    },
  },
  'query compareRules': {
    asks: {
      'to.garmentId': ({ garmentId }) => `(to: { garmentId: ${text(garmentId)} })`,
      'to.itemId': ({ itemId }) => `(to: { itemId: ${text(itemId)} })`,
    },
  },
  'subscription importProgress': { asks: by('id', ({ doneJobId }) => doneJobId) },
  'mutation parsePhoto': { asks: { '': () => '(image: $file)' }, file: () => drawPicture(), own: true },
  'mutation parsePhotoAt': {
    asks: { '': () => '(url: "http://127.0.0.1/photo.jpg")' },
    own: true,
    // There is no such picture.
    uncontrolled: true,
  },
  'mutation importCatalogue': {
    asks: { '': () => '(feed: $file)' },
    // Rows with the victim's own ids are the sender's items.
    file: async ({ itemId }) =>
      Buffer.from(`id,title,image_link\n${itemId},Mine,https://shop.example/x.jpg\n`),
    own: true,
  },
  'mutation previewFeed': {
    asks: { '': () => '(feed: $file)' },
    file: async () => Buffer.from('id,title,image_link\nx,Mine,https://shop.example/x.jpg\n'),
    own: true,
  },
  'mutation importStaged': { asks: by('token', ({ previewToken }) => previewToken) },
  // A job of the sender's own, which finds no such item.
  'mutation refreshImages': { asks: { itemIds: ({ itemId }) => `(itemIds: [${text(itemId)}])` }, own: true },
  'mutation upsertItems': {
    asks: {
      'items.id': ({ itemId }) =>
        `(items: [{ id: ${text(itemId)}, title: "Mine", imageLink: "https://shop.example/x.jpg" }])`,
      'items.lookIds': ({ lookId }) =>
        `(items: [{ id: "x", title: "Mine", imageLink: "https://shop.example/x.jpg", lookIds: [${text(lookId)}] }])`,
    },
    own: true,
  },
  'mutation createShop': { asks: { '': () => '(name: "Another")' }, own: true, uncontrolled: true },
  'mutation createShopKey': { asks: { '': () => '(admin: true)' }, own: true, uncontrolled: true },
  'mutation setShopLanguage': { asks: { '': () => '(language: FR)' }, own: true },
  'mutation renameShop': { asks: { '': () => '(name: "Mine")' }, own: true },
  'mutation removeDrawnItems': { asks: { '': () => '' }, own: true },
  'mutation createKey': {
    asks: { '': () => '(role: WIDGET, label: "Mine", domains: ["a.example"])' },
    own: true,
  },
  // Before the one that makes a slot of that name of the sender's own.
  'mutation removeLooks': { asks: by('ids', ({ lookId }) => lookId) },
  'mutation removeSlot': { asks: { '': ({ slotName }) => `(name: ${text(slotName)})` } },
  'mutation upsertLooks': {
    asks: {
      // Not saved: the sender has no such item. A look of the sender's own may have the same id.
      'looks.id': ({ lookId, itemId }) =>
        `(looks: [{ id: ${text(lookId)}, itemIds: ["own-1", ${text(itemId)}] }])`,
      'looks.itemIds': ({ itemId }) => `(looks: [{ id: "mine", itemIds: ["own-1", ${text(itemId)}] }])`,
    },
    own: true,
  },
  'mutation saveSlot': {
    asks: { '': ({ slotName }) => `(slot: { name: ${text(slotName)}, label: "Mine", productTypes: ["x"] })` },
    own: true,
  },
  'mutation setRule': {
    asks: {
      'rule.id': ({ ruleId }) => `(rule: { id: ${text(ruleId)}, kind: BURY, target: { category: SKIRT } })`,
      // A rule may name an item that is not there yet; it does nothing.
      'rule.target.itemId': ({ itemId }) => `(rule: { ${rule}, target: { itemId: ${text(itemId)} } })`,
    },
  },
  'mutation restoreRule': { asks: by('id', ({ removedRuleId }) => removedRuleId) },
  'mutation setPrimaryGarment': {
    asks: {
      itemId: ({ itemId }) => `(itemId: ${text(itemId)})`,
      garmentId: ({ secondGarmentId }) => `(itemId: "own-1", garmentId: ${text(secondGarmentId)})`,
    },
  },
  'mutation matchItem': { asks: by('itemId', ({ itemId }) => itemId) },
  'mutation unmatchItem': { asks: by('itemId', ({ itemId }) => itemId) },
  // Nothing becomes of it, and it says so.
  'mutation categorizeItems': {
    asks: { 'items.itemId': ({ itemId }) => `(items: [{ itemId: ${text(itemId)}, category: TROUSERS }])` },
    own: true,
  },
  'mutation correctGarment': {
    asks: {
      garmentId: ({ itemGarmentId }) => `(garmentId: ${text(itemGarmentId)}, category: TROUSERS)`,
    },
  },
  'mutation addRegion': {
    asks: {
      photoId: ({ photoId }) => `(photoId: ${text(photoId)}, box: { x1: 2, y1: 2, x2: 40, y2: 40 })`,
    },
  },
  'mutation retryImport': { asks: by('id', ({ doneJobId }) => doneJobId) },
  'mutation cancelImport': { asks: by('id', ({ runningJobId }) => runningJobId) },
  'mutation promoteModel': { asks: by('id', ({ modelId }) => modelId) },
  'mutation rollBackModel': { asks: { '': () => '' }, own: true },
  'mutation dropModel': { asks: by('id', ({ modelId }) => modelId) },
  'mutation removeRule': { asks: by('id', ({ ruleId }) => ruleId) },
  'mutation setHoldOut': { asks: { id: ({ keyId }) => `(id: ${text(keyId)}, share: 0.1)` } },
  'mutation recordEvents': {
    asks: { 'events.itemId': ({ itemId }) => `(events: [{ kind: OPENED, itemId: ${text(itemId)} }])` },
    own: true,
  },
  'mutation createWebhook': {
    asks: { '': () => '(webhook: { url: "https://mine.example/", events: [ITEM_FAILED] })' },
    own: true,
  },
  'mutation changeWebhook': {
    asks: {
      id: ({ webhookId }) =>
        `(id: ${text(webhookId)}, webhook: { url: "https://mine.example/", events: [ITEM_FAILED] })`,
    },
  },
  'mutation rotateWebhookSecret': { asks: by('id', ({ webhookId }) => webhookId) },
  'mutation sendWebhookTest': { asks: by('endpointId', ({ webhookId }) => webhookId) },
  'mutation sendWebhookAgain': { asks: by('deliveryId', ({ deliveryId }) => deliveryId) },
  'mutation switchWebhook': { asks: { id: ({ webhookId }) => `(id: ${text(webhookId)}, on: false)` } },
  'mutation removeWebhook': { asks: by('id', ({ webhookId }) => webhookId) },
  'mutation revokeKey': { asks: by('id', ({ keyId }) => keyId) },
  'mutation removeGarment': { asks: by('id', ({ drawnId }) => drawnId) },
  'mutation deletePhoto': { asks: by('id', ({ photoId }) => photoId) },
  'mutation restoreItems': { asks: { ids: ({ deletedItemId }) => `(ids: [${text(deletedItemId)}])` } },
  'mutation deleteItems': { asks: { ids: ({ itemId }) => `(ids: [${text(itemId)}])` } },
};

/**
 * A rule of one's own that names an item of another shop, which is none here, or takes the place of none of one's own;
 * and outfits of one's own without it.
 */
const MAKES_OWN = new Set([
  'query outfits excluded',
  'mutation setRule rule.target.itemId',
  'query previewRule rule.target.itemId',
  'query previewRule rule.id',
]);
const REFUSALS = ['NOT_FOUND', 'FORBIDDEN', 'INVALID_CURSOR', 'INVALID_INPUT', 'PREVIEW_EXPIRED'];

let server: TestServer;
let schema: GraphQLSchema;
let victim: ShopContents;
/** Who tries: another shop's admin and widget, the operator in the default shop, and nobody. */
let attackers: Readonly<Record<string, string | undefined>>;
let before: Record<string, string[]>;

beforeAll(async () => {
  schema = await makeSchema();
  server = await makeTestServer({
    candidate: makeFakeCandidate(),
    environment: {
      MAX_QUERY_DEPTH: '50',
      MAX_QUERY_COST: '20000000',
      MAX_QUERY_TOKENS: '100000',
      SEARCHES_PER_MINUTE: '1000000',
      PARSES_PER_MINUTE: '1000000',
      QUERY_COST_PER_MINUTE: '1000000000',
    },
  });
  victim = await fillShop(server, await makeShop(server.db, { name: `${MARK} shop` }), MARK);
  const other = await fillShop(server, await makeShop(server.db), 'Own');
  await fillShop(server, server.shopId, 'Own');
  attackers = {
    'another admin': other.key,
    "another shop's widget": await server.makeKey('widget', other.shopId),
    'the operator': CONTROL_TOKEN,
    'no key': undefined,
  };
  for (const field of ['items', 'imports', 'rules', 'duplicates', 'looks', 'itemsInNoOutfit']) {
    cursors.set(field, await cursorOf(`${field}(first: 1)`));
  }
  cursors.set('similarItems', await cursorOf(`similarItems(to: { itemId: "${victim.itemId}" }, first: 1)`));
  const delivery = await cursorOf(`webhookDeliveries(endpointId: "${victim.webhookId}", first: 1)`);
  cursors.set('webhookDeliveries', delivery);
  cursors.set('swap', await cursorOf(`swap(outfit: "${victim.outfitId}", slot: "top", first: 1)`));
  // What the owner has done so far is counted a moment later.
  await server.services.recorder.flush();
  before = await dumpShop(server.db, victim.shopId);
}, 240_000);
afterAll(() => server?.close());

async function cursorOf(field: string): Promise<string> {
  const { data } = await server.query(`{ ${field} { pageInfo { endCursor } } }`, {}, { key: victim.key });
  const [connection] = Object.values(data) as { pageInfo: { endCursor: string } }[];
  return connection!.pageInfo.endCursor;
}

async function send(name: string, args: string, key: string | undefined): Promise<Omit<Answer, 'status'>> {
  const [operation, field] = name.split(' ') as [OperationTypeNode, string];
  const { type } = schema.getRootType(operation)!.getFields()[field]!;
  const file = CASES[name]!.file;
  const variables = file ? '($file: Upload!)' : '';
  const query = `${operation} ${variables} { ${field}${args} ${selectAll(getNamedType(type), DEPTH, SKIPPED)} }`;
  const options = key === undefined ? {} : { key };
  if (file) return server.upload(query, await file(victim), { ...options, name: 'file.csv' });
  if (operation !== OperationTypeNode.SUBSCRIPTION) return server.query(query, {}, options);
  const subscribed = await subscribeTo(server.url, query, {}, { ...options, origin: PAGE });
  const { value } = await subscribed.results.next();
  subscribed.cancel();
  return value as Answer;
}

/** Null, false, an empty list, or a connection without edges. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return true;
  if (Array.isArray(value)) return value.every((one) => one === null);
  const { edges, outfits, sample } = value as Partial<Record<'edges' | 'outfits', unknown[]>> & {
    sample?: number;
  };
  return edges?.length === 0 || outfits?.length === 0 || sample === 0;
}

/** Ids and hashes that stand in the victim's rows, and in nobody else's. */
function victimsIds(): Set<string> {
  const found = JSON.stringify(before).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b/g);
  return new Set(found);
}

const all = Object.entries(CASES).flatMap(([name, { asks }]) =>
  Object.keys(asks).map((path) => [name, path] as const),
);

describe('the cases', () => {
  it('are there for each field of the roots, and for each argument by which it names rows', () => {
    const fields = [...rootFields(schema)].map(([name, paths]) => [name, [...paths].sort()]);
    const cases = Object.entries(CASES).map(([name, { asks }]) => [
      name,
      Object.keys(asks)
        .filter((path) => path !== '')
        .sort(),
    ]);
    const sorted = (entries: unknown[][]) => Object.fromEntries(entries.sort());
    expect(sorted(cases)).toEqual(sorted(fields));
  });

  it('are all that names rows: no field below the roots does', () => {
    // A garment's and an item's similar items may be refined by others, which similarItems itself tries: one function.
    // Their outfits are those of the query.
    const known = ['Garment', 'Item'].flatMap((type) =>
      ['moreLike', 'lessLike'].flatMap((like) =>
        ['garmentId', 'itemId'].map((id) => `${type}.similarItems.refine.${like}.${id}`),
      ),
    );
    const ofOutfits = ['Garment', 'Item'].flatMap((type) =>
      ['locked', 'excluded'].map((ids) => `${type}.outfits.${ids}`),
    );
    expect(namingFieldsBelow(schema).sort()).toEqual([...known, ...ofOutfits].sort());
  });

  it('have something to reach in every table', () => {
    const empty = Object.keys(before).filter((table) => before[table]!.length === 0);
    expect(empty).toEqual([]);
  });
});

describe.each(['another admin', "another shop's widget", 'the operator', 'no key'])(
  'with the key of %s',
  (attacker) => {
    it.each(all)('%s reaches nothing by "%s"', async (name, path) => {
      const { asks, own } = CASES[name]!;
      const args = asks[path]!(victim);
      const { data, errors } = await send(name, args, attackers[attacker]);
      const value = data?.[name.split(' ')[1]!];
      const code = errors?.[0]?.extensions.code;
      if (!own && !MAKES_OWN.has(`${name} ${path}`)) {
        if (errors) expect(REFUSALS).toContain(code);
        else expect(isNothing(value)).toBe(true);
      }
      expect(code).not.toBe('INTERNAL_SERVER_ERROR');
      expect(code).not.toBe('GRAPHQL_VALIDATION_FAILED');
      const answer = JSON.stringify({ data, errors });
      expect(answer).not.toContain(MARK);
      // What the sender named himself is no news to him.
      const told = [...victimsIds()].filter((id) => answer.includes(id) && !args.includes(id));
      expect(told).toEqual([]);
      expect(await dumpShop(server.db, victim.shopId)).toEqual(before);
      expect(server.logged.splice(0)).toEqual([]);
    });

    it.each(['imagePath', 'photoPath', 'cropPath'] as const)('has no picture at %s', async (which) => {
      const key = attackers[attacker];
      const headers = { origin: PAGE, ...(key && { authorization: `Bearer ${key}` }) };
      const [path, query] = victim[which].split('?');
      expect((await fetch(`${server.url}${path}`, { headers })).status).toBe(404);
      expect((await fetch(`${server.url}${path}?w=160`, { headers })).status).toBe(404);
      // The link that the owner was given is for whoever has it, as an <img> in the owner's page is.
      expect(query).toMatch(/^t=/);
      const forged = query!.replace(/.{4}$/, 'AAAA');
      expect((await fetch(`${server.url}${path}?${forged}`, { headers })).status).toBe(404);
    });

    it('has no list of errors', async () => {
      const key = attackers[attacker];
      const headers = { origin: PAGE, ...(key && { authorization: `Bearer ${key}` }) };
      const path = victim.errorsPath.split('?')[0]!;
      const response = await fetch(server.url + path, { headers });
      expect([403, 404]).toContain(response.status);
      expect(await response.text()).not.toContain(MARK);
    });
  },
);

describe('the owner of the rows', () => {
  it('sees its pictures and its list of errors by the links that it was given', async () => {
    for (const path of [victim.cropPath, victim.imagePath, victim.photoPath, victim.errorsPath]) {
      expect((await fetch(server.url + path)).status).toBe(200);
    }
  });

  it.each(all.filter(([name]) => !CASES[name]!.uncontrolled))(
    'reaches by %s what "%s" names',
    async (name, path) => {
      // So that the refusals above are not those of a bad question.
      const args = CASES[name]!.asks[path]!(victim).replaceAll('own-1', victim.itemId.replace('-1', '-2'));
      const { data, errors } = await send(name, args, victim.key);
      if (errors) {
        const { code } = errors[0]!.extensions;
        // Found, but its files are gone; and a cursor of another search of its own.
        if (name === 'mutation retryImport') expect(code).toBe('FEED_GONE');
        else expect([code, name, path]).toEqual(['INVALID_CURSOR', 'query similarItems', 'after']);
      } else {
        expect(isNothing(data[name.split(' ')[1]!])).toBe(false);
      }
    },
  );
});
