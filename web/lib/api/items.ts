import { request } from './client.ts';
import { ItemByIdDocument, ItemsPageDocument } from './generated/documents/items.ts';
import type { ItemFilter, ItemSort } from './generated/graphql.ts';
import { nextCursor, PAGE_SIZE, type Page } from './page.ts';
import { type ItemCard, type ItemDetails, shapeItemCard, shapeItemDetails } from './shapes.ts';

export interface PageRequest {
  filter: ItemFilter;
  sort?: ItemSort;
  after: string | null;
  signal: AbortSignal;
}

export async function loadItem(id: string, signal?: AbortSignal): Promise<ItemDetails | null> {
  const { item } = await request(ItemByIdDocument, { id }, signal);
  return item ? shapeItemDetails(item) : null;
}

export async function loadItems({
  filter,
  sort = 'NEWEST',
  after,
  signal,
}: PageRequest): Promise<Page<ItemCard>> {
  const { items } = await request(ItemsPageDocument, { filter, sort, after, first: PAGE_SIZE }, signal);
  return {
    entries: items.edges.map(({ node }) => shapeItemCard(node)),
    next: nextCursor(items.pageInfo),
    // Showing no number is better than one that is too small.
    total: items.isTotalExact ? items.totalCount : null,
  };
}
