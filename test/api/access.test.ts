import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFirstKey } from '../../server/access/keys.ts';
import { makeShop } from '../helpers/factories.ts';
import { CONTROL_TOKEN, makeTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer();
});
afterAll(() => server.close());

const roleOf = (key?: string) => server.query('{ viewer { role } }', {}, key === undefined ? {} : { key });

describe('a viewer', () => {
  it('is anonymous without a key', async () => {
    expect((await roleOf()).data.viewer.role).toBe('ANONYMOUS');
  });

  it.each(['widget', 'merchandiser', 'admin'] as const)('has the role of a %s key', async (role) => {
    expect((await roleOf(await server.makeKey(role))).data.viewer.role).toBe(role.toUpperCase());
  });

  it('is in the shop of the key', async () => {
    const other = await makeShop(server.db, { name: 'Other' });
    const key = await server.makeKey('widget', other);
    expect((await server.query('{ shop { id name } }', {}, { key })).data.shop).toEqual({
      id: other,
      name: 'Other',
    });
  });

  it('is an admin with the control token of this run', async () => {
    expect((await roleOf(CONTROL_TOKEN)).data.viewer.role).toBe('ADMIN');
  });

  it.each(['arm_unknown-key-of-some-length', 'short', "x' or '1'='1"])(
    'is turned away with %j',
    async (key) => {
      const { status, errors } = await roleOf(key);
      expect(status).toBe(401);
      expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    },
  );

  it('is turned away once the key is revoked', async () => {
    const key = await server.makeKey('admin');
    await server.db.asOwner((tx) =>
      tx.query('update access_keys set revoked_at = now() where hash = $1', [
        createHash('sha256').update(key).digest(),
      ]),
    );
    expect((await roleOf(key)).status).toBe(401);
  });

  it.each([undefined, 'widget'] as const)('may not import as %s', async (role) => {
    const key = role && (await server.makeKey(role));
    const { errors } = await server.upload(
      'mutation ($file: Upload!) { importCatalogue(feed: $file) { id } }',
      Buffer.from('id,title\n'),
      key === undefined ? { name: 'feed.csv' } : { name: 'feed.csv', key },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('the first key', () => {
  it('is made once, and only its hash is kept', async () => {
    const shop = await makeShop(server.db);
    const key = await makeFirstKey(server.db, shop);
    expect(key).toMatch(/^arm_[\w-]{43}$/);
    expect(await makeFirstKey(server.db, shop)).toBeNull();
    const { rows } = await server.db.asOwner((tx) =>
      tx.query<{ row: string; hash: Buffer }>(
        'select k::text as row, hash from access_keys k where shop_id = $1',
        [shop],
      ),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.hash).toEqual(createHash('sha256').update(key!).digest());
    expect(rows[0]!.row).not.toContain(key!.slice(4, 20));
    expect((await roleOf(key!)).data.viewer.role).toBe('ADMIN');
  });
});
