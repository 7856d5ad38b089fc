import { ownerToken } from '../own-photos.ts';
import type { Region } from '../region.ts';
import { request } from './client.ts';
import {
  AddRegionDocument,
  DeletePhotoDocument,
  ItemByIdDocument,
  type ItemFilter,
  ItemsPageDocument,
  PhotoByIdDocument,
  type Refinement,
  RemoveGarmentDocument,
  ShopOverviewDocument,
  SimilarFacetsDocument,
  SimilarItemsPageDocument,
  type SimilarTo,
} from './generated/graphql.ts';
import {
  type Facets,
  type Interpretation,
  type ItemCard,
  type ItemDetails,
  type Photo,
  type Shop,
  type SimilarItem,
  shapeItemCard,
  shapeItemDetails,
  shapePhoto,
} from './shapes.ts';

/** One page of a list: `next` is the cursor of the page after it. */
export interface Page<T> {
  entries: T[];
  next: string | null;
  total: number | null;
}

export interface PageRequest {
  filter: ItemFilter;
  after: string | null;
  signal: AbortSignal;
}

const PAGE_SIZE = 24;

export async function loadShop(signal?: AbortSignal): Promise<Shop> {
  return (await request(ShopOverviewDocument, {}, signal)).shop;
}

/** Null where there is no such photo, or no longer. */
export async function loadPhoto(id: string, signal?: AbortSignal): Promise<Photo | null> {
  const { photo } = await request(PhotoByIdDocument, { id }, signal);
  return photo ? shapePhoto(photo) : null;
}

export async function deletePhoto(id: string): Promise<void> {
  await request(DeletePhotoDocument, { id, token: ownerToken(id) });
}

/** The id of the garment that a region of the photo became. */
export async function addRegion(photoId: string, box: Region): Promise<string> {
  return (await request(AddRegionDocument, { photoId, box, token: ownerToken(photoId) })).addRegion.id;
}

/** Takes back an `addRegion` of this photo. */
export async function removeGarment(photoId: string, id: string): Promise<void> {
  await request(RemoveGarmentDocument, { id, token: ownerToken(photoId) });
}

export async function loadItem(id: string, signal?: AbortSignal): Promise<ItemDetails | null> {
  const { item } = await request(ItemByIdDocument, { id }, signal);
  return item ? shapeItemDetails(item) : null;
}

export async function loadItems({ filter, after, signal }: PageRequest): Promise<Page<ItemCard>> {
  const { items } = await request(ItemsPageDocument, { filter, after, first: PAGE_SIZE }, signal);
  return {
    entries: items.edges.map(({ node }) => shapeItemCard(node)),
    next: nextCursor(items.pageInfo),
    // No number is better than one that is too small.
    total: items.isTotalExact ? items.totalCount : null,
  };
}

/** What is asked of similar items. */
export interface SimilarQuestion {
  to: SimilarTo;
  filter: ItemFilter;
  refine: Refinement | null;
  /** Null: as the model says for the category. */
  minScore: number | null;
}

/** A page of matches, and what holds for all of them. */
export interface SimilarPage extends Page<SimilarItem> {
  /** The score at which the matches end; null where all are listed. */
  cutoff: number | null;
  interpretation: Interpretation | null;
}

export async function loadSimilarItems(
  question: SimilarQuestion,
  after: string | null,
  signal: AbortSignal,
): Promise<SimilarPage> {
  const variables = { ...question, after, first: PAGE_SIZE };
  const { similarItems } = await request(SimilarItemsPageDocument, variables, signal);
  return {
    entries: similarItems.edges.map(({ node }) => ({
      score: node.score,
      reason: node.reason?.summary ?? null,
      variantCount: node.variantCount,
      item: shapeItemCard(node.item),
    })),
    next: nextCursor(similarItems.pageInfo),
    total: null,
    cutoff: similarItems.cutoff ?? null,
    interpretation: similarItems.interpretation ?? null,
  };
}

/** What the matches have, to choose filters by. */
export async function loadFacets(question: SimilarQuestion, signal: AbortSignal): Promise<Facets> {
  return (await request(SimilarFacetsDocument, question, signal)).similarItems.facets;
}

export function nextCursor({
  hasNextPage,
  endCursor,
}: {
  hasNextPage: boolean;
  endCursor?: string | null;
}): string | null {
  return hasNextPage ? (endCursor ?? null) : null;
}
