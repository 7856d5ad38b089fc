import { termsQuery } from '../catalogue/items/filter.ts';
import type { ShopQueryable } from '../db/database.ts';

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
