import { request } from './client.ts';
import { DeleteItemsDocument, DuplicatesPageDocument } from './generated/documents/duplicates.ts';
import type { DuplicatesPageQuery } from './generated/graphql.ts';
import { nextCursor, type Page } from './page.ts';
import { type ItemCard, shapeItemCard } from './shapes.ts';

export interface DuplicateGroup {
  kind: DuplicatesPageQuery['duplicates']['edges'][number]['node']['kind'];
  itemCount: number;
  /** The first 50. */
  items: ItemCard[];
}

const PAGE = 20;

/** Items that show the same picture, in groups. */
export async function loadDuplicates(
  after: string | null,
  signal: AbortSignal,
): Promise<Page<DuplicateGroup>> {
  const { duplicates } = await request(DuplicatesPageDocument, { first: PAGE, after }, signal);
  return {
    entries: duplicates.edges.map(({ node }) => ({ ...node, items: node.items.map(shapeItemCard) })),
    next: nextCursor(duplicates.pageInfo),
    total: null,
  };
}

export async function deleteItem(id: string): Promise<void> {
  await request(DeleteItemsDocument, { ids: [id] });
}
