/** The content that pages arrive with: loaded on the server, under the query keys that the browser would use. */
import { type DehydratedState, dehydrate, type QueryClient } from '@tanstack/react-query';
import { cache } from 'react';
import { toApiError } from './api/errors.ts';
import type { SimilarTo } from './api/generated/graphql.ts';
import { loadItem, loadItems } from './api/items.ts';
import type { Outfit } from './api/outfit-shapes.ts';
import { loadOutfit } from './api/outfits.ts';
import { type Page } from './api/page.ts';
import { loadPhoto } from './api/photos.ts';
import type { Category, ItemDetails, Photo, Shop } from './api/shapes.ts';
import { loadShop } from './api/shop.ts';
import {
  loadFacets,
  loadNearest,
  loadSimilarItems,
  type SimilarPage,
  type SimilarQuestion,
} from './api/similar.ts';
import { arrangeGarments } from './arrange-garments.ts';
import { closeOf } from './closeness.ts';
import { readFilter, toItemFilter } from './filter.ts';
import { makeQueryClient } from './query-client.ts';
import {
  facetsName,
  itemName,
  itemsName,
  keyFor,
  nearestName,
  outfitName,
  photoName,
  SHOP,
  similarName,
} from './query-keys.ts';
import { readRefinement } from './refinement.ts';
import {
  momentOf,
  nearestQuestion,
  offersNearest,
  similarQuestion,
  usualCategory,
} from './similar-question.ts';
import { readItemSort } from './sort.ts';

/** The props that Next passes to a page. */
export interface PageInput<P = object> {
  params: Promise<P>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const FROM_THE_FIRST_PAGE = {
  initialPageParam: null,
  getNextPageParam: ({ next }: Page<unknown>) => next,
};

/** Null if there is none; undefined if the API failed: the browser then asks again and shows the error. */
export type Found<T> = Promise<T | null | undefined>;

// Once per page, shared with its metadata.
export const findShop: () => Found<Shop> = cache(() => find(loadShop()));
export const findItem: (id: string) => Found<ItemDetails> = cache((id: string) => find(loadItem(id)));
export const findPhoto: (id: string) => Found<Photo> = cache((id: string) => find(loadPhoto(id)));
export const findOutfit: (id: string) => Found<Outfit> = cache((id: string) => find(loadOutfit(id)));

export async function withShop(): Promise<DehydratedState> {
  const queries = makeQueryClient();
  queries.setQueryData(keyOf(SHOP), (await findShop()) ?? undefined);
  return dehydrate(queries);
}

export async function withItems(parameters: URLSearchParams): Promise<DehydratedState> {
  const queries = makeQueryClient();
  const filter = toItemFilter(readFilter(parameters));
  const sort = readItemSort(parameters);
  await queries.prefetchInfiniteQuery({
    queryKey: keyOf(itemsName(filter, sort)),
    queryFn: ({ signal }) => loadItems({ filter, sort, after: null, signal }),
    ...FROM_THE_FIRST_PAGE,
  });
  return dehydrate(queries);
}

export async function withItem(item: ItemDetails, parameters: URLSearchParams): Promise<DehydratedState> {
  const queries = makeQueryClient();
  queries.setQueryData(keyOf(itemName(item.id)), item);
  if (!item.pending && !item.remark) {
    await addSimilarItems(queries, { itemId: item.id }, item.category, parameters);
  }
  return dehydrate(queries);
}

export async function withPhoto(photo: Photo, parameters: URLSearchParams): Promise<DehydratedState> {
  const queries = makeQueryClient();
  queries.setQueryData(keyOf(photoName(photo.id)), photo);
  const asked = parameters.get('garment');
  const chosen = photo.garments.find(({ id }) => id === asked) ?? arrangeGarments(photo.garments).likely[0];
  if (chosen) await addSimilarItems(queries, { garmentId: chosen.id }, chosen.category, parameters);
  return dehydrate(queries);
}

/** `id` is the one in the address: the server may name the same outfit in another way. */
export function withOutfit(outfit: Outfit, id: string): DehydratedState {
  const queries = makeQueryClient();
  queries.setQueryData(keyOf(outfitName(id)), outfit);
  return dehydrate(queries);
}

/** Next's search parameters in the form that browsers have them. */
export function toParameters(given: Awaited<PageInput['searchParams']>): URLSearchParams {
  const pairs = Object.entries(given).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, one]),
  );
  return new URLSearchParams(pairs);
}

async function addSimilarItems(
  queries: QueryClient,
  to: SimilarTo,
  category: Category | null,
  parameters: URLSearchParams,
): Promise<void> {
  const shop = (await findShop()) ?? undefined;
  const question = similarQuestion(to, usualCategory(shop, category), parameters);
  const moment = momentOf(shop);
  await Promise.all([
    queries.prefetchInfiniteQuery({
      queryKey: keyOf(similarName(question, moment)),
      queryFn: ({ signal }) => loadSimilarItems(question, null, signal),
      ...FROM_THE_FIRST_PAGE,
    }),
    queries.prefetchQuery({
      queryKey: keyOf(facetsName(question, moment)),
      queryFn: ({ signal }) => loadFacets(question, signal),
    }),
  ]);
  await addNearest(queries, question, moment, readRefinement(parameters).weaker);
}

/** As the page asks for them itself, once it knows that few matches are close. */
async function addNearest(
  queries: QueryClient,
  question: SimilarQuestion,
  moment: string,
  weaker: boolean | null,
): Promise<void> {
  const found = queries.getQueryData<{ pages: SimilarPage[] }>(keyOf(similarName(question, moment)));
  const page = found?.pages[0];
  if (!page) return;
  const close = closeOf(page.entries).length;
  if (!offersNearest(close, page.next !== null && close > 0, weaker)) return;
  const listed = page.entries.length;
  await queries.prefetchQuery({
    queryKey: keyOf(nearestName(question, listed, moment)),
    queryFn: ({ signal }) => loadNearest(nearestQuestion(question), listed, signal),
  });
}

function keyOf(name: string) {
  return keyFor('everybody', name);
}

async function find<T>(loading: Promise<T | null>): Found<T> {
  try {
    return await loading;
  } catch (cause) {
    const { code, message } = toApiError(cause);
    if (['NOT_FOUND', 'INVALID_INPUT', 'BAD_USER_INPUT'].includes(code)) return null;
    console.error(`A page is sent without its content: ${message}`);
    return undefined;
  }
}
