import type { Queryable } from '../../db/database.ts';
import { insertGarments } from '../../garments/garments.sql.ts';
import type { ParsedGarment } from '../../vision/contract.ts';
import { type CategoryClaim, claimsOfItem, type Outside } from '../items/claim.ts';
import { choosePresentPrimary, choosePrimary, updateItemCategory } from '../items/corrections.sql.ts';
import { choosePrimaryGarment } from '../items/primary.ts';
import { isWholePicture } from '../slots/match-slot.ts';
import {
  clearPrimary,
  deleteWhole,
  listStoredGarments,
  markLookedAt,
  type StoredGarment,
  type StoredItem,
  setPrimary,
} from './look-again.sql.ts';
import { outsideReason } from './parse-item.ts';

export const isWhole = (item: StoredItem) => isWholePicture(item.ownSlot, item);

/** The goods outside the 13 categories that the item's own words name; null if they name none, or its slot takes them. */
export function outsideOf(item: StoredItem): Outside | null {
  const [claim] = claimsOfItem(toFeed(item));
  return !isWhole(item) && claim?.kind === 'outside' ? claim : null;
}

/**
 * Chooses the primary garment of a stored item anew. `whole` is its first image as a whole, if that was just embedded. A
 * choice by hand stays.
 */
export async function chooseAgain(
  tx: Queryable,
  { shopId, itemId }: { shopId: string; itemId: string },
  item: StoredItem,
  whole: ParsedGarment | null,
  embeddingModel: string,
): Promise<void> {
  const wholePicture = isWhole(item);
  const outside = outsideOf(item);
  if (whole) {
    await insertGarments(tx, { shopId, itemId, embeddingModel, garments: [whole], imagePosition: 0 });
  }
  const chosen = await clearPrimary(tx, shopId, itemId);
  const stored = await listStoredGarments(tx, shopId, itemId);
  const found = stored.filter((garment) => !garment.whole);
  const primary = wholePicture
    ? stored.find((garment) => garment.whole)
    : primaryOf(found.length > 0 || outside ? found : stored, claimsOfItem(toFeed(item)));
  const isByHand = outside !== null && !primary && !chosen && item.matchByHand;
  const byHand = isByHand ? primaryOf(found.length > 0 ? found : stored, []) : undefined;
  const made = primary ?? byHand;
  if (made) await setPrimary(tx, shopId, made.id);
  if (byHand) await choosePresentPrimary(tx, shopId, itemId);
  if (chosen) await choosePrimary(tx, shopId, itemId, chosen);
  if (!made?.whole) await deleteWhole(tx, shopId, itemId);
  const unmatchedReason = outside && !primary ? outsideReason(outside) : null;
  await markLookedAt(tx, shopId, itemId, { wholePicture, unmatchedReason });
  await updateItemCategory(tx, shopId, itemId);
}

function primaryOf(
  garments: readonly StoredGarment[],
  claims: readonly CategoryClaim[],
): StoredGarment | undefined {
  const positions = [...new Set(garments.map(({ position }) => position))].sort((a, b) => a - b);
  const images = positions.map((position) => {
    const inImage = garments.filter((garment) => garment.position === position);
    const { width, height } = inImage[0]!;
    return { width, height, garments: inImage };
  });
  const choice = choosePrimaryGarment(images, claims);
  return choice ? images[choice.image]!.garments[choice.garment]! : undefined;
}

function toFeed({ title, productType, googleProductCategory }: StoredItem) {
  return {
    title,
    productType: productType ?? undefined,
    googleProductCategory: googleProductCategory ?? undefined,
  };
}
