import pg from 'pg';
import type { Queryable } from './database.ts';

/**
 * Settings for the rest of the transaction, where the shop's rows are: in a distributed database that is another node.
 * Null is the default.
 */
export async function setInShop(
  db: Queryable,
  shopId: string,
  settings: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  const toArray = (values: readonly (string | number | null)[]) =>
    pg.escapeLiteral(
      `{${values.map((value) => (value === null ? 'null' : JSON.stringify(String(value)))).join(',')}}`,
    );
  // Parameters would cost each search a third of a millisecond.
  await db.query(
    `select set_in_shop(${pg.escapeLiteral(String(shopId))}, ${toArray(Object.keys(settings))}, ${toArray(Object.values(settings))})`,
  );
}
