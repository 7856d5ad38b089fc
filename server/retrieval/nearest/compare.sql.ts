import type { Queryable } from '../../db/database.ts';
import type { Statement } from '../../db/statement.ts';
import { garmentsFrom } from '../../garments/vector-source.ts';
import { boundsOf, garmentConditions, itemConditions, joinIfNamed, parameters } from './conditions.ts';
import type { NearestItem, NearestQuery } from './query.ts';
import { searchInShop } from './search-in-shop.sql.ts';

/** Compares every candidate with the query: exact. Null where there are more than `most` candidates. */
export async function compareCandidates(
  db: Queryable,
  query: NearestQuery,
  named: readonly string[] | null,
  most: number | null,
): Promise<NearestItem[] | null> {
  const statement = comparison(query, named, most);
  return readCompared((await searchInShop(db, query.shopId, { statement })).rows!, most);
}

type Compared = { readonly count: number } & (NearestItem | { readonly itemId: null });

/** Null where there were more than `most` candidates. */
export function readCompared(rows: readonly Compared[], most: number | null): NearestItem[] | null {
  if (most !== null && rows[0]!.count > most) return null;
  return rows.flatMap((row) => (row.itemId === null ? [] : [{ itemId: row.itemId, distance: row.distance }]));
}

/**
 * Each row also tells how many candidates there are; with more than `most`, it stops counting and compares none.
 * `materialized` keeps the planner from using the vector index.
 */
export function comparison(
  query: NearestQuery,
  named: readonly string[] | null,
  most: number | null,
): Statement<Compared> {
  const { bind, values } = parameters();
  const conditions = itemConditions(query, bind, (terms) =>
    named ? `i.id = any(${bind(named)}::text[])` : `i.terms @@ ${terms()}`,
  );
  const part = query.part?.(bind) ?? [];
  const garments = garmentsFrom(query.vectors, bind);
  const join = joinIfNamed(query, bind, [...conditions, ...part]);
  return {
    text: `with few as materialized (
       select i.id, i.item_group_id, ${part.join(' and ') || 'true'} as wanted
       from items i ${join} where ${conditions.join(' and ')} ${most === null ? '' : `limit ${bind(most + 1)}`}),
     counted as materialized (select count(*)::int as count from few),
     compared as materialized (
       select f.id, f.wanted, ${query.collapseVariants ? 'f.item_group_id' : 'null::text'} as of_group,
         g.embedding <=> ${bind(query.embedding)}::vector as distance
       from few f join ${garments} on g.shop_id = ${bind(query.shopId)}::uuid and g.item_id = f.id and ${garmentConditions(query, bind)}
       where ${most === null ? 'true' : `(select count from counted) <= ${bind(most)}`}),
     ranked as (
       select id as "itemId", distance, wanted, of_group is null
         or row_number() over (partition by of_group order by distance, id) = 1 as first from compared),
     page as (
       select "itemId", distance from ranked
       where first and wanted ${boundsOf('distance', '"itemId"', query, bind)}
       order by distance, "itemId" limit ${bind(query.limit)})
     select count, "itemId", distance from counted left join page on true order by distance, "itemId"`,
    values,
  };
}
