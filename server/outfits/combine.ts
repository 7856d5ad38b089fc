/** Candidates and looks become the outfits of an answer. Only the model is asked; nothing is read. */

import type { Compatibility } from '../vision/contract.ts';
import { isWithin } from './budget.ts';
import type { CheckedAsk } from './check-ask.ts';
import { compose } from './compose.ts';
import { diversify } from './diversity.ts';
import type { Fixed } from './fixed.ts';
import type { FoundOutfit } from './found-outfit.ts';
import { MIN_SCORE } from './limits.ts';
import { scoreOfPieces, scorePairs } from './pair-scores.ts';
import { type Composed, keyOfPiece, type Piece } from './piece.ts';
import type { Pool } from './pool.ts';
import { noiseOf } from './seed.ts';
import type { Setting } from './setting.ts';
import type { LookWithItems } from './shop-looks.sql.ts';
import { piecesOfLook, type UsableLook } from './shop-looks.ts';
import { shortlist } from './shortlist.ts';
import { compareSlots } from './templates.ts';

/** How far another seed moves a candidate, and an outfit. */
const NOISE = { candidate: 0.1, outfit: 0.03 } as const;

interface Parts {
  readonly setting: Setting;
  readonly fixed: Fixed;
  readonly looks: readonly UsableLook[];
  readonly rest: number | null;
  readonly pool: Pool;
  readonly together: FoundOutfit['together'];
  readonly templatesFor: (hasItems: (slot: string) => boolean) => string[][];
}

/** The shop's own looks, then generated outfits, `ask.count` at most. */
export async function combine(
  compatibility: Compatibility,
  ask: CheckedAsk,
  { setting, fixed, looks, rest, pool, together, templatesFor }: Parts,
): Promise<FoundOutfit[]> {
  const ofLooks = onePerPieces(
    looks.flatMap((usable) => {
      const pieces = piecesOfLook(usable, pool.further, fixed.pieces, ask.slots);
      return pieces && isWithin(rest, pieces, fixed.pieces) ? [{ look: usable.look, pieces }] : [];
    }),
  );
  const candidates = await shortlist(
    compatibility,
    fixed.pieces,
    pool.candidates,
    noiseOf(ask.seed, NOISE.candidate),
  );
  const pairScore = await scorePairs(
    compatibility,
    bySlot([...fixed.pieces, ...[...candidates.values()].flat(), ...ofLooks.flatMap(({ pieces }) => pieces)]),
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
    return finish({ pieces, score, rank: score, fit: score }, look);
  });
  const known = new Set(shown.map(({ pieces }) => keyOfPieces(pieces)));
  const composed = compose({
    fixed: fixed.pieces,
    templates: templatesFor((slot) => (candidates.get(slot)?.length ?? 0) > 0),
    candidates,
    pairScore,
    budgetMinor: rest,
    noise: noiseOf(ask.seed, NOISE.outfit),
  }).filter(({ fit, pieces }) => fit >= MIN_SCORE && !known.has(keyOfPieces(pieces)));
  const generated = diversify(composed, ask.count - shown.length, ask.diversity);
  return [...shown, ...generated.map((one) => finish(one, null))];
}

/** Two looks may have the same pieces once what is sold out or not asked for is left out. */
function onePerPieces<T extends { readonly pieces: readonly Piece[] }>(found: readonly T[]): T[] {
  const first = new Map<string, T>();
  for (const one of found) if (!first.has(keyOfPieces(one.pieces))) first.set(keyOfPieces(one.pieces), one);
  return [...first.values()];
}

const keyOfPieces = (pieces: readonly Piece[]) => pieces.map(keyOfPiece).sort().join('\n');

function bySlot(pieces: readonly Piece[]): Piece[][] {
  const slots = new Map<string, Set<Piece>>();
  for (const piece of pieces) slots.set(piece.slot, (slots.get(piece.slot) ?? new Set()).add(piece));
  return [...slots.values()].map((set) => [...set]);
}
