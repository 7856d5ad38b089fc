import { termsQuery } from '../catalogue/items/filter.ts';
import type { ShopQueryable } from '../db/database.ts';

/** Those of these sizes that some item of the current shop has. */
export async function listKnownSizes(db: ShopQueryable, sizes: readonly string[]): Promise<string[]> {
  if (sizes.length === 0) return [];
  const { rows } = await db.query<{ size: string }>(
    `select w.size from unnest($2::text[]) as w (size)
     where exists (select from items i where i.shop_id = $1::uuid and i.size_key = w.size)`,
    [db.shopId, sizes],
  );
  const known = new Set(rows.map(({ size }) => size));
  return sizes.filter((size) => known.has(size));
}

/** Those of these words with which a word in some title of the current shop begins. */
export async function listKnownWords(db: ShopQueryable, words: readonly string[]): Promise<string[]> {
  if (words.length === 0) return [];
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const shop = `${bind(db.shopId)}::uuid`;
  const tests = words.map((word) => {
    const query = termsQuery({ words: word }, bind);
    return `select ${bind(word)}::text as word from shops s where s.id = ${shop} and exists (select items_with_terms(${query}, 1))`;
  });
  const { rows } = await db.query<{ word: string }>(tests.join(' union all '), values);
  const known = new Set(rows.map(({ word }) => word));
  return words.filter((word) => known.has(word));
}
