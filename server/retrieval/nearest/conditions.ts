/** SQL conditions that the statements of a search share, over `items i` and their primary garments `g`. */
import { filterConditions, type TermsCondition } from '../../catalogue/items/filter.ts';
import { garmentsFrom } from '../../garments/vector-source.ts';
import type { Bind, NearestQuery } from './query.ts';

/** Collects a statement's parameters. */
export function parameters(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** Joins the garments only if a condition names them: looking at items alone is cheaper. */
export function joinIfNamed(query: NearestQuery, bind: Bind, conditions: readonly string[]): string {
  if (!conditions.some((condition) => /\bg\./.test(condition))) return '';
  const garments = garmentsFrom(query.vectors, bind);
  return `join ${garments} on g.shop_id = i.shop_id and g.item_id = i.id and ${garmentConditions(query, bind)}`;
}

export function garmentConditions(query: NearestQuery, bind: Bind): string {
  return `g.is_primary and g.embedding_model = ${bind(query.embeddingModel)}`;
}

/** The items a search looks at. The shop is named beside row-level security, so that its partition is known early. */
export function searchableItems(
  { shopId, garmentsOnly, exceptItemId, exceptGroupId }: NearestQuery,
  bind: Bind,
): string[] {
  return [
    `i.shop_id = ${bind(shopId)}::uuid`,
    `i.state = 'ready'`,
    ...(garmentsOnly ? ['not i.whole_picture'] : []),
    ...(exceptItemId === undefined ? [] : [`i.id <> ${bind(exceptItemId)}`]),
    ...(exceptGroupId === undefined ? [] : [`i.item_group_id is distinct from ${bind(exceptGroupId)}`]),
  ];
}

/** What the search asks of them. */
export function searchConditions(
  { filter, shopCurrency, where }: NearestQuery,
  bind: Bind,
  ofTerms: TermsCondition,
): string[] {
  return [...filterConditions(filter, shopCurrency, bind, ofTerms), ...(where?.(bind) ?? [])];
}

export function itemConditions(query: NearestQuery, bind: Bind, ofTerms: TermsCondition): string[] {
  return [...searchableItems(query, bind), ...searchConditions(query, bind, ofTerms)];
}

/** The cutoff, and behind the page before. */
export function boundsOf(distance: string, itemId: string, query: NearestQuery, bind: Bind): string {
  const cutoff =
    query.minSimilarity === undefined ? '' : `and 1 - ${distance} >= ${bind(query.minSimilarity)}::float8`;
  return `${cutoff} ${afterCondition(distance, itemId, query, bind)}`;
}

export function afterCondition(
  distance: string,
  itemId: string,
  { after }: NearestQuery,
  bind: Bind,
): string {
  if (!after) return '';
  return `and (${distance}, ${itemId}) > (${bind(after.distance)}::float8, ${bind(after.itemId)}::text)`;
}
