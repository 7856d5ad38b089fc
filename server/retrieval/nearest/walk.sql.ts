import type { Queryable } from '../../db/database.ts';
import type { Statement } from '../../db/statement.ts';
import { garmentsFrom } from '../../garments/vector-source.ts';
import { afterCondition, garmentConditions, itemConditions, parameters } from './conditions.ts';
import { type Effort, SLACK } from './effort.ts';
import type { NearestItem, NearestQuery } from './query.ts';
import { searchInShop } from './search-in-shop.sql.ts';

/**
 * Walks the HNSW index. Returns fewer than `limit` where the walk gives up first, after it has looked at `most`
 * neighbours. The cutoff is not a condition here: it would make the walk look for what is not there.
 */
export async function walkIndex(
  db: Queryable,
  query: NearestQuery,
  effort: Pick<Effort, 'efSearch' | 'slack' | 'alone'>,
  most: number,
): Promise<NearestItem[]> {
  const settings = {
    'hnsw.iterative_scan': 'relaxed_order',
    'hnsw.scan_mem_multiplier': 8,
    'hnsw.ef_search': effort.efSearch,
    'hnsw.max_scan_tuples': most,
  };
  return (await searchInShop(db, query.shopId, { settings, statement: walk(query, effort) })).rows!;
}

function walk(query: NearestQuery, effort: Pick<Effort, 'slack' | 'alone'>): Statement<NearestItem> {
  const { bind, values } = parameters();
  const garments = garmentsFrom(query.vectors, bind);
  const ofGarments = `g.shop_id = ${bind(query.shopId)}::uuid and ${garmentConditions(query, bind)}`;
  const ofItems = itemConditions(query, bind, (terms) => `i.terms @@ ${terms()}`).join(' and ');
  const candidates = `from ${garments} join items i on i.shop_id = g.shop_id and i.id = g.item_id
    where ${ofGarments} and ${ofItems}`;
  const distance = `(g.embedding <=> ${bind(query.embedding)}::vector)`;
  const after = afterCondition(distance, 'g.item_id', query, bind);
  const part = (query.part?.(bind) ?? []).map((condition) => `and ${condition}`).join(' ');
  // `offset 0` keeps this a look-up for each item, of the few variants that it has.
  const alone = query.collapseVariants
    ? `where f.of_group is null or not exists (
         select ${candidates} and i.item_group_id = f.of_group
           and (${distance}, g.item_id) < (f.distance, f."itemId") offset 0)`
    : '';
  // A nested loop from the nearest garment on, which ends with the page. `+ 0` has the garments sorted: the planner takes
  // the index's order for that of the distances, which a relaxed one is not.
  const joinedLater = (count: number) => `
    select g.item_id as "itemId", i.item_group_id as of_group, g.distance
    from (select *, walked_distance + 0 as distance from (
        select g.*, ${distance} as walked_distance from ${garments} where ${ofGarments} ${after}
        order by walked_distance limit ${bind(count)}) as walked
      order by distance) as g
    join items i on i.shop_id = g.shop_id and i.id = g.item_id where ${ofItems} ${part}`;
  const joinedOnTheWay = `
    select g.item_id as "itemId", i.item_group_id as of_group, ${distance} as distance ${candidates} ${part} ${after}`;
  const slack = query.after ? Math.max(SLACK, effort.slack) : effort.slack;
  const [found, count] =
    effort.alone === null ? [joinedOnTheWay, query.limit + slack] : [joinedLater(effort.alone), query.limit];
  return {
    text: `with nearest as materialized (
       select "itemId", distance from (${found}) as f
       ${alone} order by distance fetch first (${bind(count)}) rows with ties)
     select "itemId", distance from nearest order by distance, "itemId" limit ${bind(query.limit)}`,
    values,
  };
}
