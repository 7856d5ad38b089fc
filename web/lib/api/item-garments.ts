import { request } from './client.ts';
import {
  CorrectGarmentDocument,
  ItemGarmentsDocument,
  type ItemGarmentsQuery,
  SetPrimaryGarmentDocument,
} from './generated/graphql.ts';
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
