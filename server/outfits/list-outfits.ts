import type { CatalogueContext } from '../catalogue/context.ts';
import type { AskedOutfits, OutfitsTarget } from './check-ask.ts';
import { findOutfits } from './find-outfits.ts';
import { noOutfits } from './no-outfits.ts';
import { NoOutfitsReason, type OutfitList } from './outfit.type.ts';
import { showOutfits } from './show-outfits.ts';

/** Throws InvalidInputError, NotFoundError and RateLimitedError. */
export async function listOutfits(
  context: CatalogueContext,
  target: OutfitsTarget,
  asked: AskedOutfits,
): Promise<OutfitList> {
  const found = await findOutfits(context, target, asked);
  if ('emptyReason' in found) return { outfits: [], ...found };
  const outfits = await showOutfits(context, found.outfits, found.shopCurrency, found.wanted);
  // All of them may have lost a piece in the meantime, or cost too much now.
  if (outfits.length === 0) return { outfits, ...noOutfits(NoOutfitsReason.NO_ITEMS) };
  return { outfits, emptyReason: null, message: null };
}
