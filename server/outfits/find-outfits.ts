/** Outfits around what is asked about: fixed pieces, candidates, composition, diversity; the shop's own looks first. */

import type { CatalogueContext } from '../catalogue/context.ts';
import type { Queryable } from '../db/database.ts';
import { InvalidInputError } from '../errors/errors.ts';
import type { Compatibility } from '../vision/contract.ts';
import { BUILT_IN_SLOTS } from '../vocabulary/slots.ts';
import { planSlotQueries } from './candidates.ts';
import { type AskedOutfits, type CheckedAsk, checkAsk, type OutfitsTarget } from './check-ask.ts';
import { compose } from './compose.ts';
import { diversify } from './diversity.ts';
import { type Fixed, findFixed } from './fixed.ts';
import { MIN_SCORE } from './limits.ts';
import { type NoOutfits, noOutfits } from './no-outfits.ts';
import { NoOutfitsReason } from './outfit.type.ts';
import { type PairScore, scoreOfPieces, scorePairs } from './pair-scores.ts';
import { type Composed, keyOfPiece, type Piece } from './piece.ts';
import { type Pool, readPool } from './pool.ts';
import { noiseOf } from './seed.ts';
import { readSetting, type Setting, toMinor } from './setting.ts';
import type { LookWithItems } from './shop-looks.sql.ts';
import { findLooks, piecesOfLook, readTogether, type UsableLook } from './shop-looks.ts';
import { findFilledSlots, type StockQuery } from './stock.sql.ts';
import { stockQuery } from './stock.ts';
import { compareSlots, isInsteadOf, openSlots, possibleSlots } from './templates.ts';

/** An outfit before it is shown. */
export interface FoundOutfit extends Composed {
  readonly look: LookWithItems | null;
  /** Whether the shop shows both together. */
  readonly together: (a: Piece, b: Piece) => boolean;
  readonly pairScore: PairScore;
  /** Keys of the pieces that were given. */
  readonly given: ReadonlySet<string>;
  readonly missingSlots: readonly string[];
}

export type FoundOutfits =
  | { readonly outfits: readonly FoundOutfit[]; readonly shopCurrency: string }
  | NoOutfits;

/** As the facets of a search, outfits run several searches. */
export const OUTFITS_ARE_SEARCHES = 3;
/** How far another seed moves a candidate's score, and an outfit's. */
const NOISE = { candidate: 0.1, outfit: 0.03 } as const;

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
    return { setting, fixed, stock, looks, rest: restOf(setting, fixed.pieces, budgetMinor) };
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
  const noise = noiseOf(ask.seed, NOISE.candidate);
  const { pool, together, emptyReason } = await db.inShop(shopId, async (tx) => {
    const pool = await readPool(tx, setting, {
      ...plan,
      queries,
      templates: templatesFor(() => true),
      noise,
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
  if (found.length > 0) return { outfits: found, shopCurrency: setting.source.shopCurrency };
  return noOutfits(
    emptyReason ?? (pool.isAffordable ? NoOutfitsReason.NOTHING_GOES : NoOutfitsReason.OVER_BUDGET),
  );
}

interface Parts {
  readonly setting: Setting;
  readonly fixed: Fixed;
  readonly looks: readonly UsableLook[];
  readonly rest: number | null;
  readonly pool: Pool;
  readonly together: FoundOutfit['together'];
  readonly templatesFor: (hasItems: (slot: string) => boolean) => string[][];
}

async function combine(
  compatibility: Compatibility,
  ask: CheckedAsk,
  { setting, fixed, looks, rest, pool, together, templatesFor }: Parts,
): Promise<FoundOutfit[]> {
  const ofLooks = looks.flatMap((usable) => {
    const pieces = piecesOfLook(usable, pool.further, fixed.pieces, ask.slots);
    return pieces && isWithin(rest, pieces, fixed.pieces) ? [{ look: usable.look, pieces }] : [];
  });
  const pairScore = await scorePairs(
    compatibility,
    bySlot([
      ...fixed.pieces,
      ...[...pool.candidates.values()].flat(),
      ...ofLooks.flatMap(({ pieces }) => pieces),
    ]),
    together,
  );
  const inOrder = compareSlots(setting.ownSlots);
  const given = new Set(fixed.pieces.map(keyOfPiece));
  const finish = (composed: Composed, look: LookWithItems | null): FoundOutfit => ({
    ...composed,
    pieces: composed.pieces.toSorted((a, b) => inOrder(a.slot, b.slot)),
    look,
    together,
    pairScore,
    given,
    missingSlots: [],
  });
  const shown = ofLooks.slice(0, ask.count).map(({ look, pieces }) => {
    const score = scoreOfPieces(pieces, pairScore);
    return finish({ pieces, score, rank: score }, look);
  });
  const known = new Set(shown.map(({ pieces }) => keyOfPieces(pieces)));
  const composed = compose({
    fixed: fixed.pieces,
    templates: templatesFor((slot) => (pool.candidates.get(slot)?.length ?? 0) > 0),
    candidates: pool.candidates,
    pairScore,
    budgetMinor: rest,
    noise: noiseOf(ask.seed, NOISE.outfit),
  }).filter(({ score, pieces }) => score >= MIN_SCORE && !known.has(keyOfPieces(pieces)));
  const generated = diversify(composed, ask.count - shown.length, ask.diversity);
  return [...shown, ...generated.map((one) => finish(one, null))];
}

const keyOfPieces = (pieces: readonly Piece[]) => pieces.map(keyOfPiece).sort().join('\n');

function bySlot(pieces: readonly Piece[]): Piece[][] {
  const slots = new Map<string, Set<Piece>>();
  for (const piece of pieces) slots.set(piece.slot, (slots.get(piece.slot) ?? new Set()).add(piece));
  return [...slots.values()].map((set) => [...set]);
}

function lockedIn({ pieces, anchors }: Fixed): string[] {
  return pieces.flatMap((piece) => (anchors.includes(piece) ? [] : [piece.id]));
}

function isWithin(rest: number | null, pieces: readonly Piece[], fixed: readonly Piece[]): boolean {
  if (rest === null) return true;
  const open = pieces.filter((piece) => !fixed.includes(piece));
  return open.reduce((sum, { priceMinor }) => sum + (priceMinor ?? 0), 0) <= rest;
}

/** What the fixed items leave of the budget. Those without a price in the shop's currency count nothing. */
function restOf({ source }: Setting, fixed: readonly Piece[], budgetMinor: number | null): number | null {
  if (budgetMinor === null) return null;
  const priced = fixed.filter(({ currency }) => currency === source.shopCurrency);
  return priced.reduce((rest, { priceMinor }) => rest - (priceMinor ?? 0), budgetMinor);
}

/** Throws InvalidInputError for a slot that the shop does not have, and for two that no outfit has together. */
function checkSlots(slots: readonly string[] | null, { ownSlots }: Setting): void {
  for (const [i, slot] of (slots ?? []).entries()) {
    const isKnown = BUILT_IN_SLOTS.some(({ name }) => name === slot) || ownSlots.includes(slot);
    if (!isKnown) throw new InvalidInputError(`There is no slot ${slot}.`, { field: 'slots' });
    const other = slots!.slice(0, i).find((one) => isInsteadOf(one, slot));
    if (other) throw new InvalidInputError(`No outfit has both ${other} and ${slot}.`, { field: 'slots' });
  }
}

/** The slots to search for. Throws InvalidInputError if one that was asked for cannot be worn with what is fixed. */
function slotsToFill({ slots }: CheckedAsk, { pieces }: Fixed, { ownSlots }: Setting): string[] {
  const taken = pieces.map(({ slot }) => slot);
  if (slots === null) return possibleSlots(taken, ownSlots);
  const open = slots.filter((slot) => !taken.includes(slot));
  for (const slot of open) {
    const other = taken.find((one) => isInsteadOf(one, slot));
    if (other)
      throw new InvalidInputError(`What is given fills ${other}, so no outfit has ${slot}.`, {
        field: 'slots',
      });
  }
  return open;
}

function templatesOf(
  { slots }: CheckedAsk,
  fixed: Fixed,
  { ownSlots }: Setting,
  hasBudget: boolean,
  hasItems: (slot: string) => boolean,
): string[][] {
  const taken = fixed.pieces.map(({ slot }) => slot);
  const mayBeFull = fixed.pieces.length > fixed.anchors.length;
  if (slots !== null) {
    const open = slots.filter((slot) => !taken.includes(slot));
    return open.every(hasItems) && (open.length > 0 || mayBeFull) ? [open] : [];
  }
  const templates = openSlots(taken, ownSlots, hasItems, mayBeFull);
  // Within a budget the shop's own slots may have to stay empty.
  const plain = hasBudget && ownSlots.length > 0 ? openSlots(taken, [], hasItems, mayBeFull) : [];
  return [...templates, ...plain];
}

/** Why no template can be filled. */
async function whyEmpty(
  tx: Queryable,
  { setting, fixed, stock, rest }: { setting: Setting; fixed: Fixed; stock: StockQuery; rest: number | null },
  { excluded, filter }: CheckedAsk,
  slots: readonly string[],
  templatesFor: Parts['templatesFor'],
): Promise<NoOutfitsReason> {
  const canBeFilled = async (query: StockQuery) => {
    const filled = await findFilledSlots(tx, query, slots);
    return templatesFor((slot) => filled.has(slot)).length > 0;
  };
  const anyPrice = { fixed: fixed.pieces, budgetMinor: null };
  if (await canBeFilled(stock)) return NoOutfitsReason.NOTHING_GOES;
  if (rest !== null && (await canBeFilled(stockQuery(setting, { ...anyPrice, excluded, filter })))) {
    return NoOutfitsReason.OVER_BUDGET;
  }
  const isFiltered = await canBeFilled(stockQuery(setting, { ...anyPrice, excluded: [], filter: {} }));
  return isFiltered ? NoOutfitsReason.FILTER : NoOutfitsReason.NO_ITEMS;
}
