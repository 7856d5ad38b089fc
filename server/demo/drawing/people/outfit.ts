import { chooseStyle, dyed } from '../garments/choose.ts';
import type { Style } from '../garments/style.ts';
import { PARTNERS } from '../palette.ts';
import type { Random } from '../random.ts';

/** What one person wears. */
export interface Outfit {
  readonly gender: 'female' | 'male';
  /** At most one dress or one top, one pair of bottoms, and one layer over it. */
  readonly garments: readonly Style[];
  /** Whether the top goes into the bottoms. */
  readonly tucked: boolean;
}

/** Two or three garments that go together. */
export function chooseOutfit(random: Random): Outfit {
  const gender = random.chance(0.36) ? 'male' : 'female';
  const dress = gender === 'female' && random.chance(0.4);
  const layered = random.chance(0.42);
  const garments: Style[] = [];
  if (dress) garments.push(pickFor(random, gender, random.pick([10, 10, 11, 12, 12, 13, 13])));
  else {
    const tops = gender === 'male' ? [1, 1, 1, 2, 2, 5] : [1, 1, 2, 2, 5, 5, 6, 6];
    const bottoms = gender === 'male' ? [8, 8, 7] : [8, 8, 7, 9, 9];
    const top = pickFor(random, gender, random.pick(tops));
    const bottom = pickFor(random, gender, random.pick(bottoms));
    garments.push(top, suited(bottom, top, random));
  }
  if (layered) {
    const first = garments[0] as Style;
    const layer = pickFor(random, gender, random.chance(0.3) ? 3 : 4);
    const trims = new Set(layer.trims);
    if (random.chance(0.72)) trims.add('open');
    const roomy = { ...layer, trims, ease: Math.max(layer.ease, first.ease + 3) };
    garments.push(suited(roomy, first, random));
  }
  return { gender, garments, tucked: random.chance(0.4) };
}

function pickFor(random: Random, gender: Outfit['gender'], category: number): Style {
  for (let tries = 0; tries < 12; tries++) {
    const style = chooseStyle(random, { category });
    const hooded = style.trims.has('hood') && style.category < 3 && random.chance(0.5);
    if (!hooded && (style.gender === 'unisex' || style.gender === gender)) return fitted(style);
  }
  return fitted(chooseStyle(random, { category }));
}

/** Nobody's sleeves or hems are as wide on the body as they lie on a table. */
const fitted = (style: Style): Style => ({ ...style, ease: style.ease * 0.72, flare: style.flare * 0.85 });

/** Mostly in a colour that goes with another garment's; denim keeps its own. */
function suited(style: Style, beside: Style, random: Random): Style {
  if (style.cloth.pattern === 'denim' || random.chance(0.3)) return style;
  return dyed(style, random.pick(PARTNERS[beside.cloth.dye.name]), random);
}
