/** Other items for one slot of an outfit. */

import { hasRole } from '../access/viewer.ts';
import type { CatalogueContext } from '../catalogue/context.ts';
import { checkFilter, filterKey, type ItemFilter } from '../catalogue/items/filter.ts';
import { InvalidInputError } from '../errors/errors.ts';
import {
  type ConnectionOf,
  checkFirst,
  cursorScope,
  decodeCursor,
  encodeCursor,
  toConnection,
} from '../graphql/connection.ts';
import { STEP } from '../retrieval/ranking/rule.ts';
import { BUILT_IN_SLOTS } from '../vocabulary/slots.ts';
import { findCandidates, planSlotQueries } from './candidates.ts';
import { readCentres } from './centres.sql.ts';
import { checkBudget } from './check-ask.ts';
import { isSameProduct } from './compose.ts';
import type { FoundOutfit } from './found-outfit.ts';
import type { Wanted } from './keeps.ts';
import { MIN_PAIR, MIN_SCORE } from './limits.ts';
import { decodeOutfit } from './outfit-id.ts';
import { scoreOfPieces, scorePairs, weightOf } from './pair-scores.ts';
import { keyOfPiece, type Piece } from './piece.ts';
import { readItemPieces } from './pieces.sql.ts';
import { givenOf, readNamed } from './restore.ts';
import { contradict } from './seasons.ts';
import { readSetting, toMinor } from './setting.ts';
import { readTogether } from './shop-looks.ts';
import { stockQuery } from './stock.ts';
import { compareSlots, isInsteadOf } from './templates.ts';
import { toItemPiece } from './to-piece.ts';

/** Alternatives that are listed over all pages. */
const LISTED = 200;

export interface SwapAsk {
  readonly outfit: string;
  readonly slot: string;
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly filter?: ItemFilter | null | undefined;
  readonly budget?: number | null | undefined;
}

export interface Swapped {
  readonly connection: ConnectionOf<FoundOutfit>;
  readonly shopCurrency: string;
  readonly wanted: Wanted;
}

/** Throws InvalidInputError and RateLimitedError. */
export async function findSwaps(
  { db, shopId, vision: { compatibility }, limiter, viewer }: CatalogueContext,
  ask: SwapAsk,
): Promise<Swapped> {
  const first = checkFirst(ask.first);
  const filter = checkFilter(ask.filter);
  const budget = checkBudget(ask.budget);
  const named = decodeOutfit(ask.outfit, 'outfit');
  const scope = cursorScope('swap', shopId, ask.outfit, ask.slot, filterKey(filter), budget);
  const after = ask.after ? decodeCursor(scope, ask.after, isKey) : undefined;
  await limiter.check('search', viewer);
  const none = {
    connection: toConnection<FoundOutfit>([], first, ask.after),
    shopCurrency: '',
    wanted: { budgetMinor: null, soldOutToo: true },
  };
  if (!compatibility) return none;
  const read = await db.inShop(shopId, async (tx) => {
    const setting = await readSetting(tx, shopId, compatibility);
    return readNamed(tx, setting, named, hasRole(viewer, 'merchandiser'));
  });
  const { setting } = read;
  const rest = read.pieces.filter(({ slot }) => slot !== ask.slot);
  const replaced = read.pieces.find(({ slot }) => slot === ask.slot);
  checkSlot(ask.slot, setting.ownSlots, rest);
  if (rest.length === 0) return none;
  const budgetMinor = toMinor(setting, budget);
  const given = givenOf(named);
  const { shopCurrency } = setting.source;
  // As outfits within a budget: of what is not given, all prices have to be known.
  const isUnpriced = (piece: Piece) => piece.priceMinor === null || piece.currency !== shopCurrency;
  const bought = rest.filter((piece) => piece.kind === 'item' && !given.has(keyOfPiece(piece)));
  if (budgetMinor !== null && bought.some(isUnpriced)) return none;
  const left = budgetMinor === null ? null : budgetMinor - spentOn(rest, shopCurrency);
  if (left !== null && left < 0) return none;
  const [query] = await planSlotQueries(compatibility, rest, [ask.slot]);
  const excluded = replaced?.kind === 'item' ? [replaced.id] : [];
  const { where } = stockQuery(setting, { fixed: rest, excluded, filter, budgetMinor });
  const { source, rules, ownSlots } = setting;
  const { pieces, together } = await db.inShop(shopId, async (tx) => {
    const centres = await readCentres(tx, source, [ask.slot]);
    const centre = centres.get(ask.slot) ?? null;
    const by = { source, rules, filter, where, centre, limit: LISTED };
    const ids = await findCandidates(tx, by, query!, left);
    const rows = await readItemPieces(tx, source, rules, ids);
    const own = rest.flatMap(({ kind, id }) => (kind === 'item' ? [id] : []));
    return {
      pieces: rows.flatMap((row) => toItemPiece(row) ?? []),
      together: await readTogether(tx, setting, [...ids, ...own]),
    };
  });
  const pairScore = await scorePairs(compatibility, [...rest.map((piece) => [piece]), pieces], together);
  const missingSlots = read.missingSlots.filter((slot) => slot !== ask.slot);
  const alternatives = pieces.flatMap((piece) => {
    if (!fits(piece, rest, pairScore)) return [];
    const all = [...rest, piece].sort((a, b) => compareSlots(ownSlots)(a.slot, b.slot));
    const score = scoreOfPieces(all, pairScore);
    const outfit = {
      pieces: all,
      score,
      rank: score,
      fit: score,
      look: null,
      together,
      pairScore,
      given,
      missingSlots,
    };
    const key: SwapKey = [Math.round((score - STEP * piece.steps) * 1e6), piece.id];
    return [{ cursor: encodeCursor(scope, key), node: outfit, key }];
  });
  alternatives.sort((a, b) => compareKeys(a.key, b.key));
  const page = alternatives.filter(({ key }) => !after || compareKeys(after, key) < 0);
  // The other pieces may be sold out.
  const wanted = { budgetMinor, soldOutToo: true };
  return { connection: toConnection(page, first, ask.after), shopCurrency, wanted };
}

/** Its score, moved by rules, in millionths, and its item: the model may differ in the last digits from run to run. */
type SwapKey = readonly [rank: number, itemId: string];

function compareKeys(a: SwapKey, b: SwapKey): number {
  return b[0] - a[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);
}

function isKey(key: readonly unknown[]): key is SwapKey {
  return key.length === 2 && Number.isInteger(key[0]) && typeof key[1] === 'string';
}

function checkSlot(slot: string, ownSlots: readonly string[], rest: readonly Piece[]): void {
  if (!BUILT_IN_SLOTS.some(({ name }) => name === slot) && !ownSlots.includes(slot)) {
    throw new InvalidInputError(`There is no slot ${slot}.`, { field: 'slot' });
  }
  const other = rest.find((piece) => isInsteadOf(piece.slot, slot));
  if (other) throw new InvalidInputError(`No outfit has both ${other.slot} and ${slot}.`, { field: 'slot' });
}

/** Whether it goes with the rest: on the whole, and with each of its pieces well enough. */
function fits(piece: Piece, rest: readonly Piece[], pairScore: (a: Piece, b: Piece) => number): boolean {
  let [sum, weight] = [0, 0];
  for (const other of rest) {
    if (isSameProduct(other, piece) || contradict(other, piece)) return false;
    const score = pairScore(other, piece);
    const counts = weightOf(other, piece);
    if (counts === 1 && score < MIN_PAIR) return false;
    sum += counts * score;
    weight += counts;
  }
  return sum / weight >= MIN_SCORE;
}

function spentOn(pieces: readonly Piece[], currency: string): number {
  return pieces.reduce((sum, piece) => sum + (piece.currency === currency ? (piece.priceMinor ?? 0) : 0), 0);
}
