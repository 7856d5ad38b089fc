/** Outfits around what is asked about: fixed pieces, candidates, composition, diversity; the shop's own looks first. */

import type { CatalogueContext } from '../catalogue/context.ts';
import { restOf } from './budget.ts';
import { planSlotQueries } from './candidates.ts';
import { type AskedOutfits, checkAsk, type OutfitsTarget } from './check-ask.ts';
import { combine } from './combine.ts';
import { type Fixed, findFixed } from './fixed.ts';
import type { FoundOutfit } from './found-outfit.ts';
import type { Wanted } from './keeps.ts';
import { type NoOutfits, noOutfits } from './no-outfits.ts';
import { NoOutfitsReason } from './outfit.type.ts';
import { readPool } from './pool.ts';
import { readSetting, toMinor } from './setting.ts';
import { findLooks, readTogether } from './shop-looks.ts';
import { checkSlots, slotsToFill, templatesOf } from './slots-to-fill.ts';
import { stockQuery } from './stock.ts';
import { whyEmpty } from './why-empty.ts';

export type FoundOutfits =
  | { readonly outfits: readonly FoundOutfit[]; readonly shopCurrency: string; readonly wanted: Wanted }
  | NoOutfits;

/** As the facets of a search, outfits run several searches. */
const OUTFITS_ARE_SEARCHES = 3;

/** Throws InvalidInputError, NotFoundError and RateLimitedError. */
export async function findOutfits(
  { db, shopId, vision, limiter, viewer }: CatalogueContext,
  target: OutfitsTarget,
  asked: AskedOutfits,
): Promise<FoundOutfits> {
  const ask = checkAsk(asked);
  await limiter.check('search', viewer, OUTFITS_ARE_SEARCHES);
  const { compatibility, embedding: space } = vision;
  if (!compatibility) {
    return noOutfits(
      NoOutfitsReason.NOT_READY,
      'This server has no compatibility model, which outfits need.',
    );
  }
  const plan = await db.inShop(shopId, async (tx) => {
    const setting = await readSetting(tx, shopId, compatibility);
    checkSlots(ask.slots, setting);
    const fixed = await findFixed(tx, setting.source, setting.rules, { target, ...ask });
    if ('emptyReason' in fixed) return fixed;
    const budgetMinor = toMinor(setting, ask.budget);
    const stock = stockQuery(setting, { ...ask, fixed: fixed.pieces, budgetMinor });
    const looks = await findLooks(tx, setting, { ...fixed, locked: lockedIn(fixed), stock, space });
    return { setting, fixed, stock, looks, budgetMinor, rest: restOf(setting, fixed.pieces, budgetMinor) };
  });
  if ('emptyReason' in plan) return plan;
  const { setting, fixed } = plan;
  const slots = slotsToFill(ask, fixed, setting);
  if (slots.length === 0 && fixed.pieces.length === fixed.anchors.length) {
    return noOutfits(NoOutfitsReason.COMPLETE);
  }
  if (plan.rest !== null && plan.rest < 0) return noOutfits(NoOutfitsReason.OVER_BUDGET);
  const queries = await planSlotQueries(compatibility, fixed.pieces, slots);
  const templatesFor = (hasItems: (slot: string) => boolean) =>
    templatesOf(ask, fixed, setting, plan.rest !== null, hasItems);
  const { pool, together, emptyReason } = await db.inShop(shopId, async (tx) => {
    const pool = await readPool(tx, setting, {
      ...plan,
      queries,
      templates: templatesFor(() => true),
      further: plan.looks.flatMap(({ itemIds }) => itemIds),
    });
    const hasAny = templatesFor((slot) => (pool.candidates.get(slot)?.length ?? 0) > 0).length > 0;
    const read = [...pool.candidates.values()].flat().map(({ id }) => id);
    const ids = [...fixed.pieces.flatMap(({ itemId }) => itemId ?? []), ...read, ...pool.further.keys()];
    return {
      pool,
      together: await readTogether(tx, setting, ids),
      emptyReason: hasAny || !pool.isAffordable ? null : await whyEmpty(tx, plan, ask, slots, templatesFor),
    };
  });
  const found = await combine(compatibility, ask, { ...plan, pool, together, templatesFor });
  if (found.length > 0) {
    const wanted = { budgetMinor: plan.budgetMinor, soldOutToo: (ask.filter.availability ?? []).length > 0 };
    return { outfits: found, shopCurrency: setting.source.shopCurrency, wanted };
  }
  return noOutfits(
    emptyReason ?? (pool.isAffordable ? NoOutfitsReason.NOTHING_GOES : NoOutfitsReason.OVER_BUDGET),
  );
}

function lockedIn({ pieces, anchors }: Fixed): string[] {
  return pieces.flatMap((piece) => (anchors.includes(piece) ? [] : [piece.id]));
}
