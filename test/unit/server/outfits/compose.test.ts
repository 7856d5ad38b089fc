import { describe, expect, it } from 'vitest';
import { compose } from '../../../../server/outfits/compose.ts';
import type { PairScore } from '../../../../server/outfits/pair-scores.ts';
import { makePiece, pairScoresOf } from '../../../helpers/pieces.ts';

const top = makePiece('top', { category: 1 });
const skirt = makePiece('skirt', { slot: 'bottom', category: 9, priceMinor: 3000 });
const shorts = makePiece('shorts', { slot: 'bottom', category: 7, priceMinor: 1000 });
const coat = makePiece('coat', { slot: 'outerwear', category: 4, priceMinor: 9000 });
const jacket = makePiece('jacket', { slot: 'outerwear', category: 3, priceMinor: 5000 });
const bag = makePiece('bag', { slot: 'bags', category: 0 });

const pairScore: PairScore = pairScoresOf({
  'top skirt': 0.9,
  'top shorts': 0.6,
  'top coat': 0.8,
  'top jacket': 0.7,
  'skirt coat': 0.4,
  'skirt jacket': 0.8,
  'shorts coat': 0.9,
  'shorts jacket': 0.5,
  'top bag': 0.5,
  'skirt bag': 0.9,
});
const candidates = new Map([
  ['bottom', [skirt, shorts]],
  ['outerwear', [coat, jacket]],
  ['bags', [bag]],
]);
const base = { fixed: [top], candidates, pairScore, budgetMinor: null };
const shown = (of: ReturnType<typeof compose>) =>
  of.map(({ pieces, score }) => [pieces.map(({ id }) => id).join(' '), Number(score.toFixed(4))]);

describe('compose', () => {
  it('orders outfits by the mean of their pairs', () => {
    expect(shown(compose({ ...base, templates: [['bottom', 'outerwear']] }))).toEqual([
      // (0.9 + 0.7 + 0.8) / 3
      ['top skirt jacket', 0.8],
      // (0.6 + 0.8 + 0.9) / 3
      ['top shorts coat', 0.7667],
      // (0.9 + 0.8 + 0.4) / 3
      ['top skirt coat', 0.7],
      // (0.6 + 0.7 + 0.5) / 3
      ['top shorts jacket', 0.6],
    ]);
  });

  it('mixes kinds of outfits of different length', () => {
    const found = compose({ ...base, templates: [['bottom'], ['bottom', 'outerwear']] });
    expect(shown(found).slice(0, 3)).toEqual([
      ['top skirt', 0.9],
      ['top skirt jacket', 0.8],
      ['top shorts coat', 0.7667],
    ]);
  });

  it('keeps only the best partial outfits, as wide as the beam', () => {
    // After the bottoms only the skirt is left, so the shorts with the coat are never seen.
    const found = compose({ ...base, templates: [['bottom', 'outerwear']], width: 1 });
    expect(shown(found)).toEqual([['top skirt jacket', 0.8]]);
  });

  it('counts a pair with a garment outside the categories a quarter', () => {
    const [best] = compose({ ...base, templates: [['bottom', 'bags']] });
    // (0.9 + 0.25 · 0.5 + 0.25 · 0.9) / 1.5
    expect(best!.score).toBeCloseTo(0.8333, 4);
  });

  it('keeps to the budget, also where a later slot has to be paid', () => {
    const within = (budgetMinor: number) =>
      shown(compose({ ...base, templates: [['bottom', 'outerwear']], budgetMinor })).map(([ids]) => ids);
    expect(within(8000)).toEqual(['top skirt jacket', 'top shorts jacket']);
    expect(within(6000)).toEqual(['top shorts jacket']);
    expect(within(5999)).toEqual([]);
  });

  it('leaves out pairs that hardly go together, variants and seasons that contradict', () => {
    const ugly = pairScoresOf({ 'top skirt': 0.2, 'top shorts': 0.9 });
    const only = { ...base, templates: [['bottom']] };
    expect(shown(compose({ ...only, pairScore: ugly })).map(([ids]) => ids)).toEqual(['top shorts']);
    const variants = { ...top, groupId: 'suit' };
    const suit = new Map([['bottom', [{ ...skirt, groupId: 'suit' }, shorts]]]);
    expect(shown(compose({ ...only, fixed: [variants], candidates: suit, pairScore: () => 0.9 }))).toEqual([
      ['top shorts', 0.9],
    ]);
    const summer = { ...top, seasons: new Set(['summer']) };
    const winter = new Map([['bottom', [{ ...skirt, seasons: new Set(['winter']) }, shorts]]]);
    expect(shown(compose({ ...only, fixed: [summer], candidates: winter, pairScore: () => 0.9 }))).toEqual([
      ['top shorts', 0.9],
    ]);
  });

  it('tells how well what is chosen goes with the rest, whatever the given pieces are among themselves', () => {
    const [best] = compose({
      ...base,
      fixed: [top, coat],
      templates: [['bottom']],
      pairScore: pairScoresOf({
        'top coat': 0.1,
        'top skirt': 0.9,
        'coat skirt': 0.7,
      }),
    });
    // (0.1 + 0.9 + 0.7) / 3 and (0.9 + 0.7) / 2
    expect([best!.score, best!.fit]).toEqual([expect.closeTo(0.5667, 4), expect.closeTo(0.8, 9)]);
    const [alone] = compose({ ...base, fixed: [top, coat], templates: [[]], pairScore: () => 0.1 });
    expect([alone!.score, alone!.fit]).toEqual([0.1, 1]);
  });

  it('ranks boosted items higher without changing the score', () => {
    const boosted = new Map([['bottom', [skirt, { ...shorts, steps: -3 }]]]);
    const [first, second] = compose({
      ...base,
      templates: [['bottom']],
      candidates: boosted,
      pairScore: pairScoresOf({ 'top skirt': 0.7, 'top shorts': 0.6 }),
    });
    // 0.6 + 3 · 0.06 = 0.78
    expect([first!.pieces[1]!.id, first!.score, first!.rank]).toEqual([
      'shorts',
      0.6,
      expect.closeTo(0.78, 9),
    ]);
    expect([second!.pieces[1]!.id, second!.rank]).toEqual(['skirt', 0.7]);
  });
});
