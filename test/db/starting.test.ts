import { describe, expect, it } from 'vitest';
import { openImportQueue } from '../../server/catalogue/queue/queue.ts';
import { openTestDatabase, reopenTestDatabase } from '../helpers/database.ts';
import { urlOf } from '../helpers/servers.ts';

const ROUNDS = 6;
const SERVERS = 4;
const log = { error: console.error, warn: console.warn, info: () => undefined } as never;

describe.skipIf(process.env.TEST_ENGINE !== 'server')('servers that start at once', () => {
  it('make the queues together', async () => {
    const db = await openTestDatabase();
    const { rows } = await db.asOwner((tx) =>
      tx.query<{ name: string }>('select current_database() as name'),
    );
    const url = urlOf(rows[0]!.name);
    const others = await Promise.all(
      Array.from({ length: SERVERS }, () => reopenTestDatabase(db.dataDir, url)),
    );
    for (let round = 0; round < ROUNDS; round++) {
      await db.asOwner((tx) => tx.query('drop schema if exists pgboss cascade'));
      const opened = await Promise.allSettled(
        others.map((other) => openImportQueue(other, log, { name: 'x' })),
      );
      for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
      expect(opened.filter(({ status }) => status === 'rejected')).toEqual([]);
    }
    for (const other of others) await other.close();
    await db.close();
  });
});
