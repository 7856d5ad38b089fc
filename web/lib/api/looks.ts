import { request } from './client.ts';
import { ApiError } from './errors.ts';
import {
  ItemsInNoOutfitPageDocument,
  LookByIdDocument,
  LooksOfItemDocument,
  LooksPageDocument,
  RemoveLooksDocument,
  UpsertLooksDocument,
} from './generated/documents/looks.ts';
import type {
  LookFieldsFragment,
  LookInput,
  LookSource,
  NoOutfitReason,
  UpsertLooksMutation,
} from './generated/graphql.ts';
import { nextCursor, PAGE_SIZE, type Page } from './page.ts';
import { type ItemCard, shapeItemCard } from './shapes.ts';

export type { LookInput, LookSource, NoOutfitReason };

export interface Look {
  id: string;
  name: string | null;
  source: LookSource;
  updatedAt: string;
  /** Why shoppers see the look in part or not at all; null if they see all of it. */
  problem: string | null;
  items: ItemCard[];
}

export type LooksResult = UpsertLooksMutation['upsertLooks'];

export interface ItemInNoOutfit {
  item: ItemCard;
  why: NoOutfitReason;
  message: string;
}

export interface NoOutfitPage extends Page<ItemInNoOutfit> {
  /** The number of items for each reason, whichever is shown. */
  counts: { why: NoOutfitReason; count: number }[];
}

/** The newest first. */
export async function loadLooks(
  words: string,
  after: string | null,
  signal?: AbortSignal,
): Promise<Page<Look>> {
  const variables = { words: words || null, first: PAGE_SIZE, after };
  const { looks } = await request(LooksPageDocument, variables, signal);
  return {
    entries: looks.edges.map(({ node }) => shape(node)),
    next: nextCursor(looks.pageInfo),
    total: looks.isTotalExact ? looks.totalCount : null,
  };
}

export async function loadLook(id: string, signal?: AbortSignal): Promise<Look | null> {
  const { look } = await request(LookByIdDocument, { id }, signal);
  return look ? shape(look) : null;
}

/** The looks that the item is in, newest first, at most 20. */
export async function loadLooksOfItem(id: string, signal?: AbortSignal): Promise<Look[]> {
  return (await request(LooksOfItemDocument, { id }, signal)).item?.looks.map(shape) ?? [];
}

/** Makes or replaces the look as one of the studio's, and returns its id. */
export async function saveLook(look: LookInput): Promise<string> {
  const { ids, errors } = await saveLooks([look]);
  const [id] = ids;
  if (id === undefined) throw new ApiError(errors[0]?.code ?? 'NOT_SAVED', errors[0]?.reason ?? '');
  return id;
}

/** Makes or replaces up to 500 looks. */
export async function saveLooks(looks: LookInput[], signal?: AbortSignal): Promise<LooksResult> {
  return (await request(UpsertLooksDocument, { looks, source: 'STUDIO' }, signal)).upsertLooks;
}

export async function removeLook(id: string): Promise<void> {
  await request(RemoveLooksDocument, { ids: [id] });
}

/** Brings a removed look back as it was; one of the feed's follows the feed again. */
export async function restoreLook({ id, name, items, source }: Look): Promise<void> {
  const look = { id, name, itemIds: items.map((item) => item.id) };
  const { upsertLooks } = await request(UpsertLooksDocument, {
    looks: [look],
    source: source === 'STUDIO' ? 'STUDIO' : 'API',
  });
  const [error] = upsertLooks.errors;
  if (error) throw new ApiError(error.code, error.reason);
}

/** Items that can be in no outfit or are in no look; only those with the reason `why` if one is given. */
export async function loadItemsInNoOutfit(
  why: NoOutfitReason | null,
  after: string | null,
  signal?: AbortSignal,
): Promise<NoOutfitPage> {
  const { itemsInNoOutfit } = await request(
    ItemsInNoOutfitPageDocument,
    { why, first: PAGE_SIZE, after },
    signal,
  );
  return {
    entries: itemsInNoOutfit.edges.map(({ node }) => ({ ...node, item: shapeItemCard(node.item) })),
    next: nextCursor(itemsInNoOutfit.pageInfo),
    total: null,
    counts: itemsInNoOutfit.counts,
  };
}

function shape({ id, name, source, updatedAt, problem, items }: LookFieldsFragment): Look {
  return {
    id,
    name: name ?? null,
    source,
    updatedAt,
    problem: problem ?? null,
    items: items.map(shapeItemCard),
  };
}
