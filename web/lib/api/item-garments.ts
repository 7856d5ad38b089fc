import { request } from './client.ts';
import {
  CorrectGarmentDocument,
  ItemGarmentsDocument,
  MatchItemDocument,
  SetPrimaryGarmentDocument,
  UnmatchItemDocument,
} from './generated/documents/garments.ts';
import type { ItemGarmentsQuery } from './generated/graphql.ts';
import type { Category } from './shapes.ts';

type FoundGarment = NonNullable<ItemGarmentsQuery['item']>['images'][number]['garments'][number];

export interface ItemGarment extends FoundGarment {
  /** Whether searches match against it. */
  primary: boolean;
}

/** All garments in an item's pictures, picture by picture, largest first. */
export async function loadItemGarments(id: string, signal?: AbortSignal): Promise<ItemGarment[]> {
  const { item } = await request(ItemGarmentsDocument, { id }, signal);
  const primary = item?.primaryGarment?.id;
  return (item?.images ?? []).flatMap(({ garments }) =>
    garments
      .map((garment) => ({ ...garment, primary: garment.id === primary }))
      .sort((a, b) => b.coverage - a.coverage),
  );
}

/** Null leaves the choice to feed and parser. */
export async function setPrimaryGarment(itemId: string, garmentId: string | null): Promise<void> {
  await request(SetPrimaryGarmentDocument, { itemId, garmentId });
}

/** Null leaves the category to feed and parser. */
export async function correctGarment(garmentId: string, category: Category | null): Promise<void> {
  await request(CorrectGarmentDocument, { garmentId, category });
}

/** Lets searches match an item that was left out as something else than clothing. */
export async function matchItem(itemId: string, category: Category): Promise<void> {
  await request(MatchItemDocument, { itemId, category });
}

/** Leaves it to the feed again whether the item is matched. */
export async function unmatchItem(itemId: string): Promise<void> {
  await request(UnmatchItemDocument, { itemId });
}
