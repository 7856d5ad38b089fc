/** The content that pages arrive with: loaded on the server, under the query keys that the browser would use. */
import { type DehydratedState, dehydrate, type QueryClient } from '@tanstack/react-query';
import { cache } from 'react';
import { toApiError } from './api/errors.ts';
import { serverBridge } from './api/in-server.ts';
import { loadItem, loadItems } from './api/items.ts';
import type { Outfit } from './api/outfit-shapes.ts';
import { loadOutfit } from './api/outfits.ts';
import { FROM_THE_FIRST_PAGE } from './api/page.ts';
import { loadPhoto } from './api/photos.ts';
import type { ItemDetails, Photo, Shop } from './api/shapes.ts';
import { loadShop } from './api/shop.ts';
import { chosenGarment } from './arrange-garments.ts';
import { readFilter, toItemFilter } from './filter.ts';
import { type FirstMatches, prefetchFacets, prefetchMatches } from './first-matches.ts';
import { makeQueryClient } from './query-client.ts';
import { itemName, itemsName, keyFor, outfitName, photoName, SHOP } from './query-keys.ts';
import { readItemSort } from './sort.ts';

/** The props that Next passes to a page. */
export interface PageInput<P = object> {
  params: Promise<P>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

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
    await addMatches(queries, { to: { itemId: item.id }, category: item.category, parameters });
  }
  return dehydrate(queries);
}

export async function withPhoto(photo: Photo, parameters: URLSearchParams): Promise<DehydratedState> {
  const queries = makeQueryClient();
  queries.setQueryData(keyOf(photoName(photo.id)), photo);
  // Whoever comes from another page, as after an upload, sees the photo at once: that page asks for its matches itself.
  if (serverBridge()?.isWithinVisit()) return dehydrate(queries);
  const chosen = chosenGarment(photo.garments, parameters.get('garment'));
  if (chosen) {
    await addMatches(queries, { to: { garmentId: chosen.id }, category: chosen.category, parameters });
  }
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

async function addMatches(queries: QueryClient, of: Omit<FirstMatches, 'shop'>): Promise<void> {
  const first = { ...of, shop: (await findShop()) ?? undefined };
  await Promise.all([prefetchMatches(queries, keyOf, first), prefetchFacets(queries, keyOf, first)]);
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
