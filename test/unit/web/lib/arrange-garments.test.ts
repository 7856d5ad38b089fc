import { describe, expect, it } from 'vitest';
import { likelyGarments } from '../../../../server/outfits/likely.ts';
import { CATEGORIES } from '../../../../server/vocabulary/taxonomy.ts';
import type { Category, Garment } from '../../../../web/lib/api/shapes.ts';
import { arrangeGarments } from '../../../../web/lib/arrange-garments.ts';
import { randomOf } from '../../../helpers/random.ts';

type Box = readonly [x1: number, y1: number, x2: number, y2: number];

function garment(
  id: string,
  category: Category | null,
  score: number,
  [x1, y1, x2, y2]: Box,
  origin: Garment['origin'] = 'PARSED',
): Garment {
  return {
    id,
    category,
    score,
    origin,
    box: { x1, y1, x2, y2 },
    coverage: ((x2 - x1) * (y2 - y1)) / 10_000,
    cropUrl: '',
    mask: '',
    whole: false,
  };
}

function arranged(...garments: Garment[]) {
  const { likely, possible } = arrangeGarments(garments);
  return { likely: likely.map(({ id }) => id), possible: possible.map(({ id }) => id) };
}

describe('arrangeGarments', () => {
  it('starts with the surest of the large ones, not with the largest, nor with a small sure one', () => {
    const coat = garment('coat', 'LONG_SLEEVE_OUTWEAR', 0.7, [0, 0, 60, 60]);
    const trousers = garment('trousers', 'TROUSERS', 0.9, [60, 40, 100, 100]);
    const top = garment('top', 'SHORT_SLEEVE_TOP', 0.95, [20, 0, 40, 20]);
    expect(arranged(coat, trousers, top).likely).toEqual(['trousers', 'coat', 'top']);
  });

  it('keeps guesses for later, and what is drawn in sight', () => {
    const skirt = garment('skirt', 'SKIRT', 0.8, [0, 0, 50, 50]);
    const guess = garment('guess', 'VEST', 0.49, [50, 50, 100, 100]);
    const drawn = garment('drawn', null, 0, [0, 50, 30, 90], 'DRAWN');
    expect(arranged(guess, skirt, drawn)).toEqual({ likely: ['skirt', 'drawn'], possible: ['guess'] });
  });

  it('makes one choice of a dress, a top and a skirt in one place: the surest reading', () => {
    const dress = (score: number) => garment('dress', 'SHORT_SLEEVE_DRESS', score, [10, 10, 60, 90]);
    const top = garment('top', 'SHORT_SLEEVE_TOP', 0.7, [12, 10, 58, 45]);
    const skirt = garment('skirt', 'SKIRT', 0.65, [14, 45, 58, 90]);
    expect(arranged(dress(0.9), top, skirt)).toEqual({ likely: ['dress'], possible: ['top', 'skirt'] });
    expect(arranged(dress(0.6), top, skirt)).toEqual({ likely: ['top', 'skirt'], possible: ['dress'] });
  });

  it('takes a coat over a dress, and the dresses of two people, for two garments', () => {
    const dress = garment('dress', 'VEST_DRESS', 0.8, [10, 10, 60, 90]);
    const coat = garment('coat', 'LONG_SLEEVE_OUTWEAR', 0.7, [5, 5, 65, 70]);
    const other = garment('other', 'VEST_DRESS', 0.6, [50, 10, 99, 90]);
    expect(arranged(dress, coat, other)).toEqual({ likely: ['dress', 'other', 'coat'], possible: [] });
  });

  it('takes a top and an outer layer with the same outline for one', () => {
    const top = garment('top', 'LONG_SLEEVE_TOP', 0.8, [10, 10, 60, 90]);
    const coat = garment('coat', 'LONG_SLEEVE_OUTWEAR', 0.7, [10, 10, 60, 88]);
    expect(arranged(coat, top)).toEqual({ likely: ['top'], possible: ['coat'] });
  });

  it('starts with the surest guess where there are only guesses, and with nothing where there is nothing', () => {
    const one = garment('one', 'SKIRT', 0.2, [0, 0, 90, 90]);
    const two = garment('two', 'VEST', 0.3, [0, 0, 20, 20]);
    expect(arranged(one, two)).toEqual({ likely: ['two'], possible: ['one'] });
    expect(arranged()).toEqual({ likely: [], possible: [] });
  });

  it('shows as found what the server counts as worn', () => {
    const random = randomOf(7);
    const names = CATEGORIES.map((name) => name.toUpperCase().replaceAll(' ', '_') as Category);
    let hidden = 0;
    for (let photo = 0; photo < 400; photo++) {
      const garments = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, i) => {
        const [x, y] = [Math.floor(random() * 3) * 20, Math.floor(random() * 3) * 20];
        const category = names[Math.floor(random() * names.length)]!;
        const box = [x, y, x + 20 + random() * 30, y + 20 + random() * 40] as const;
        return garment(`${i}`, category, random(), box, random() < 0.1 ? 'DRAWN' : 'PARSED');
      });
      const seen = garments.map(({ id, category, score, origin, box: { x1, y1, x2, y2 } }) => ({
        id,
        category: names.indexOf(category!) + 1,
        score,
        origin: origin === 'DRAWN' ? ('drawn' as const) : ('parsed' as const),
        box: [x1, y1, x2, y2] as const,
      }));
      const { likely, possible } = arranged(...garments);
      expect(new Set(likelyGarments(seen).map(({ id }) => id))).toEqual(new Set(likely));
      hidden += possible.length;
    }
    expect(hidden).toBeGreaterThan(400);
  });
});
