import { AsyncResource } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, it } from 'vitest';
import { createKey } from '../../server/access/keys.ts';
import { listItems } from '../../server/catalogue/items/item.sql.ts';
import type { Queryable } from '../../server/db/database.ts';
import { insertGarments } from '../../server/garments/garments.sql.ts';
import { listShopsToRead } from '../../server/models/attributes.sql.ts';
import { listShopsWithout } from '../../server/models/reembed.sql.ts';
import { insertPhoto } from '../../server/photos/photos.sql.ts';
import { openShop } from '../../server/shops/create-shop.ts';
import { makeShopKey } from '../../server/shops/make-shop-key.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { makeGarment, makeShop, TEST_MODEL } from '../helpers/factories.ts';

it('a shop is made while another one takes in items, and neither fails', async () => {
  const db = await openTestDatabase();
  try {
    const shopId = await makeShop(db);
    // As another request does, which has nothing to do with the transaction that is open.
    const makeAnother = AsyncResource.bind(() => makeShop(db));
    let making: Promise<string> | undefined;
    await db.inShop(shopId, async (tx) => {
      // The order in which an item is kept.
      await tx.query('update item_images set position = position where false');
      making = makeAnother();
      await sleep(500);
      await tx.query('update garments set is_primary = is_primary where false');
    });
    expect(await making).toEqual(expect.any(String));
  } finally {
    await db.close();
  }
});

it('a shop is made at a second try where the first met a deadlock', async () => {
  const db = await openTestDatabase();
  try {
    let tries = 0;
    const asOwner: typeof db.asOwner = async (work) => {
      tries += 1;
      if (tries > 1) return db.asOwner(work);
      throw Object.assign(new pg.DatabaseError('deadlock detected', 0, 'error'), { code: '40P01' });
    };
    const { shop } = await openShop({ ...db, asOwner }, { name: 'Second try', currency: 'EUR' });
    expect(shop.name).toBe('Second try');
  } finally {
    await db.close();
  }
});

it('whoever has the machine gets a key of a shop that has all the keys it may have', async () => {
  const db = await openTestDatabase();
  try {
    const shopId = await makeShop(db);
    const wanted = { role: 'admin', label: 'One of many' } as const;
    await db.asOwner((tx) =>
      tx.query(
        `insert into access_keys (shop_id, role, label, hash, hint)
         select $1, 'merchandiser', 'One of many', sha256(n::text::bytea), 'x' from generate_series(1, 200) n`,
        [shopId],
      ),
    );
    await expect(createKey(db, shopId, wanted)).rejects.toThrow('at most 200 keys');
    const { key } = await makeShopKey(db, { shop: shopId, admin: true });
    expect(key).toMatch(/^\w+/);
  } finally {
    await db.close();
  }
});

// A plan for all shops would lock them all, and PostgreSQL keeps 64 locks for each connection that it may have.
it('what is done for one shop locks no partition of another, however often it is done', async () => {
  const db = await openTestDatabase();
  try {
    const shopId = await makeShop(db);
    const others = [await makeShop(db), await makeShop(db)];
    const locked = async (tx: Queryable) => {
      const { rows } = await tx.query<{ name: string }>(
        `select distinct c.relname as name from pg_locks l join pg_class c on c.oid = l.relation
         where l.pid = pg_backend_pid() and c.relname = any($1)`,
        [others.map((id) => `garments_${id.replaceAll('-', '')}`)],
      );
      return rows;
    };
    // A statement that is kept, as those of triggers, foreign keys and searches are, is planned for good at its sixth time.
    for (let time = 0; time < 8; time++) {
      const written = await db.inShop(shopId, async (tx) => {
        const photo = { shopId, sha256: 'a'.repeat(64), width: 60, height: 80, ttlHours: 1 };
        const { id: photoId } = await insertPhoto(tx, photo);
        await insertGarments(tx, { shopId, photoId, embeddingModel: TEST_MODEL, garments: [makeGarment()] });
        await tx.query('delete from photos where shop_id = $1 and id = $2', [shopId, photoId]);
        return locked(tx);
      });
      const read = await db.readInShop(shopId, async (tx) => {
        await listItems(tx, ['a']);
        return locked(tx);
      });
      const swept = await db.asOwner(async (tx) => {
        await listShopsToRead(tx, 'another', [shopId]);
        await listShopsWithout(tx, 'another', true, [shopId]);
        return locked(tx);
      });
      expect({ time, written, read, swept }).toEqual({ time, written: [], read: [], swept: [] });
    }
  } finally {
    await db.close();
  }
});
