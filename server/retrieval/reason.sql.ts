import type { Queryable } from '../db/database.ts';
import { garmentsFrom, type VectorSource } from '../garments/vector-source.ts';
import type { ColourTraits } from './compare-colours.ts';

/** What a reason needs to know of a match. */
export interface MatchTraits extends ColourTraits {
  readonly itemId: string;
  readonly category: number | null;
  /** The feed's, or the model's where the feed names none. */
  readonly pattern: string | null;
  /** Cosines with the given blocks, in their order; NaN for a block of zeros. */
  readonly similarities: readonly number[];
}

/** A block of an embedding as pgvector's text, and where it starts. */
export interface Block {
  readonly from: number;
  readonly size: number;
  readonly vector: string;
}

/** Reads the traits of the items' primary garments and compares their embeddings block by block. */
export async function compareTraits(
  db: Queryable,
  query: {
    shopId: string;
    itemIds: readonly string[];
    blocks: readonly Block[];
    vectors?: VectorSource | null | undefined;
  },
): Promise<MatchTraits[]> {
  const values: unknown[] = [query.shopId, query.itemIds];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const similarities = query.blocks.map(({ from, size, vector }) => {
    const own = `subvector(g.embedding, ${bind(from + 1)}::int, ${bind(size)}::int)`;
    return `1 - (${own} <=> ${bind(vector)}::vector)`;
  });
  const { rows } = await db.query<MatchTraits>(
    `select g.item_id as "itemId", coalesce(i.feed_category, g.category) as category, i.pattern_key as pattern, g.colour, g.shades,
       i.color as "feedColour", array[${similarities.join(', ')}]::float8[] as similarities
     from ${garmentsFrom(query.vectors, bind)} join items i on i.shop_id = g.shop_id and i.id = g.item_id
     where g.shop_id = $1::uuid and g.item_id = any($2::text[]) and g.is_primary`,
    values,
  );
  return rows;
}
