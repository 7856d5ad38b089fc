/** Outfits as the API shows them: with their items as they are now. */

import type { CatalogueContext } from '../catalogue/context.ts';
import { listItemsWithImages } from '../catalogue/items/item.sql.ts';
import { toItem } from '../catalogue/items/item.type.ts';
import { toGarment } from '../garments/garment.type.ts';
import { listGarments } from '../garments/garments.sql.ts';
import type { FoundOutfit } from './found-outfit.ts';
import { keepsTo, type Wanted } from './keeps.ts';
import { toLook } from './looks/look.type.ts';
import { type Outfit, OutfitSource } from './outfit.type.ts';
import { encodeOutfit } from './outfit-id.ts';
import { keyOfPiece } from './piece.ts';
import { reasonOfOutfit } from './reason.ts';
import { totalOf } from './total.ts';

/** Reads what the outfits show with a few statements. An outfit that lost a piece since it was found is left out, and one that is not `wanted` any more. */
export async function showOutfits(
  { db, shopId, vision }: CatalogueContext,
  found: readonly FoundOutfit[],
  shopCurrency: string,
  wanted?: Wanted,
): Promise<Outfit[]> {
  if (found.length === 0) return [];
  const pieces = found.flatMap((outfit) => outfit.pieces);
  const idsOf = (kind: string) => [
    ...new Set(pieces.flatMap((piece) => (piece.kind === kind ? [piece.id] : []))),
  ];
  const read = await db.inShop(shopId, async (tx) => {
    const [itemIds, garmentIds] = [idsOf('item'), idsOf('garment')];
    return {
      ...(await listItemsWithImages(tx, itemIds)),
      garments: garmentIds.length > 0 ? await listGarments(tx, garmentIds) : [],
    };
  });
  const items = new Map(
    read.items.map((row) => [
      row.id,
      toItem(
        row,
        read.images.filter(({ itemId }) => itemId === row.id),
      ),
    ]),
  );
  const garments = new Map(read.garments.map((row) => [row.id, toGarment(row)]));
  const known = { looks: vision.compatibility?.looks ?? null, space: vision.embedding };
  return found.flatMap((outfit) => {
    const shown = outfit.pieces.map((piece) => ({
      slot: piece.slot,
      item: (piece.kind === 'item' && items.get(piece.id)) || null,
      garment: (piece.kind === 'garment' && garments.get(piece.id)) || null,
      isGiven: outfit.given.has(keyOfPiece(piece)),
    }));
    if (shown.some(({ item, garment }) => item === null && garment === null)) return [];
    const bought = shown.flatMap(({ item, isGiven }) => (item ? [{ row: item.row, isGiven }] : []));
    if (wanted && !keepsTo(wanted, bought, shopCurrency)) return [];
    return [
      {
        id: encodeOutfit({
          pieces: outfit.pieces.map(({ kind, id, slot }, i) => ({
            kind,
            id,
            slot,
            isGiven: shown[i]!.isGiven,
          })),
          lookId: outfit.look?.id ?? null,
        }),
        score: outfit.score,
        source: outfit.look ? OutfitSource.SHOP : OutfitSource.GENERATED,
        look: outfit.look && toLook(outfit.look, outfit.look.itemIds),
        pieces: shown,
        ...totalOf(
          bought.map(({ row }) => row),
          shopCurrency,
        ),
        missingSlots: [...outfit.missingSlots],
        reason: reasonOfOutfit(outfit, known),
      },
    ];
  });
}
