import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDemo } from '../../server/catalogue/imports/demo.ts';
import { makeItem } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const DRAWN = 3;
const SHOP = '{ shop { name isDemo itemCount pendingCount drawnItemCount } }';
const RENAME = 'mutation ($name: String!) { renameShop(name: $name) { name } }';
const REMOVE = 'mutation { removeDrawnItems }';

let server: TestServer;
let keys: Record<'admin' | 'merchandiser' | 'widget', string>;

beforeAll(async () => {
  server = await makeTestServer({ worker: true });
  keys = {
    admin: await server.makeKey('admin'),
    merchandiser: await server.makeKey('merchandiser'),
    widget: await server.makeKey('widget'),
  };
  await server.db.asOwner((tx) => tx.query('update shops set is_demo = true where id = $1', [server.shopId]));
});
afterAll(() => server.close());

const shop = async () => (await server.query(SHOP)).data.shop;

describe('a shop that began as the demo', () => {
  it('is the demo as long as its items are drawn', async () => {
    await importDemo(server.services, server.shopId, { count: DRAWN });
    await expect
      .poll(shop, { timeout: 60_000 })
      .toMatchObject({ isDemo: true, itemCount: DRAWN, pendingCount: 0 });
    const { data } = await server.query('{ items { edges { node { id isDrawn } } } }');
    expect(data.items.edges.map(({ node }: { node: { isDrawn: boolean } }) => node.isDrawn)).toEqual([
      true,
      true,
      true,
    ]);
  }, 90_000);

  it('is no demo once it has an item of its own, which is not drawn even under a drawn one’s number', async () => {
    await makeItem(server.db, server.shopId, { id: 'ARM-0900' });
    expect(await shop()).toMatchObject({ isDemo: false, drawnItemCount: DRAWN, itemCount: DRAWN + 1 });
    expect((await server.query('{ item(id: "ARM-0900") { isDrawn } }')).data.item).toEqual({
      isDrawn: false,
    });
  });

  it('keeps its own items when the drawn ones are removed, and is never filled again', async () => {
    expect((await server.query(REMOVE, {}, { key: keys.widget })).errors?.[0]?.extensions.code).toBe(
      'FORBIDDEN',
    );
    const { data } = await server.query(REMOVE, {}, { key: keys.merchandiser });
    expect(data.removeDrawnItems).toBe(DRAWN);
    await importDemo(server.services, server.shopId, { count: DRAWN + 20 });
    expect(await shop()).toMatchObject({ isDemo: false, drawnItemCount: 0, itemCount: 1 });
    expect((await server.query(REMOVE, {}, { key: keys.merchandiser })).data.removeDrawnItems).toBe(0);
  });

  it('is no demo either when nothing is left', async () => {
    await server.query('mutation { deleteItems(ids: ["ARM-0900"]) }', {}, { key: keys.merchandiser });
    expect(await shop()).toMatchObject({ isDemo: false, itemCount: 0 });
  });
});

describe('renameShop', () => {
  it('gives the shop another name', async () => {
    const { data } = await server.query(RENAME, { name: '  Marlene & Söhne ' }, { key: keys.admin });
    expect(data.renameShop).toEqual({ name: 'Marlene & Söhne' });
    expect(await shop()).toMatchObject({ name: 'Marlene & Söhne' });
  });

  it.each(['', '   ', 'x'.repeat(101)])('refuses the name "%s"', async (name) => {
    const { errors } = await server.query(RENAME, { name }, { key: keys.admin });
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
    expect(await shop()).toMatchObject({ name: 'Marlene & Söhne' });
  });

  it('takes an admin’s key', async () => {
    const { errors } = await server.query(RENAME, { name: 'Mine' }, { key: keys.merchandiser });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('setShopLanguage', () => {
  const SET = 'mutation ($language: Language) { setShopLanguage(language: $language) { language } }';
  const language = async () => (await server.query('{ shop { language } }')).data.shop.language;

  it('is the browser’s until one is chosen, and again when it is taken back', async () => {
    expect(await language()).toBeNull();
    const { data } = await server.query(SET, { language: 'DE' }, { key: keys.admin });
    expect(data.setShopLanguage).toEqual({ language: 'DE' });
    expect(await language()).toBe('DE');
    await server.query(SET, { language: null }, { key: keys.admin });
    expect(await language()).toBeNull();
  });

  it('is one of four', async () => {
    const { errors } = await server.query(SET, { language: 'IT' }, { key: keys.admin });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('takes an admin’s key', async () => {
    const { errors } = await server.query(SET, { language: 'FR' }, { key: keys.merchandiser });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await language()).toBeNull();
  });
});
