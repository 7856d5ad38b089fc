import type { CategoryId } from '../../../vocabulary/taxonomy.ts';
import { COLOUR_NAMES, type ColourName, PARTNERS, pickDye } from '../palette.ts';
import type { Random } from '../random.ts';
import { KINDS, type Kind } from './kinds.ts';
import type { Style, Trim } from './style.ts';

/** How often each colour is worn: more black, navy and white than orange. */
const WARDROBE: readonly ColourName[] = [
  ...COLOUR_NAMES,
  ...(['black', 'black', 'white', 'white', 'navy', 'grey', 'beige', 'blue', 'green', 'red', 'pink'] as const),
];
const JEANS: readonly ColourName[] = ['blue', 'blue', 'navy', 'navy', 'grey', 'black'];

export interface Choice {
  readonly category: CategoryId;
  readonly colour?: ColourName;
  /** Index into KINDS[category − 1]. */
  readonly kind?: number;
}

/** A style of a category, cut and coloured at random within what its kind allows. */
export function chooseStyle(random: Random, choice: Choice): Style {
  const kinds = KINDS[choice.category - 1] as readonly Kind[];
  const kind = choice.kind === undefined ? random.pick(kinds) : (kinds[choice.kind % kinds.length] as Kind);
  const range = ([low, high]: readonly [number, number]) => random.range(low, high);
  const pattern = random.pick(kind.patterns);
  const trims = new Set<Trim>(kind.trims);
  for (const trim of kind.maybe) if (random.chance(0.5)) trims.add(trim);
  if (pattern === 'block') trims.add('block');
  if (pattern === 'print') trims.add('chest print');
  else trims.delete('chest print');
  const shape = {
    neck: random.pick(kind.necks),
    ease: range(kind.ease),
    hem: range(kind.hem),
    flare: range(kind.flare),
    sleeve: range(kind.sleeve),
    sleeveShape: random.pick(kind.shapes),
  };
  const cloth = {
    texture: pattern === 'denim' ? ('twill' as const) : random.pick(kind.textures),
    patternScale: Number(random.range(0.8, 1.35).toFixed(2)),
    patternSeed: random.int(1, 1e6),
    folds: range(kind.folds),
    gloss: range(kind.gloss),
  };
  const style: Style = {
    category: choice.category,
    noun: kind.noun,
    gender: kind.gender,
    trims,
    ...shape,
    cloth: { ...cloth, pattern, dye: pickDye(random, 'black'), second: pickDye(random, 'white') },
  };
  const colour = choice.colour ?? random.pick(pattern === 'denim' ? JEANS : WARDROBE);
  return dyed(style, colour, random);
}

/** The same style in another colour, its pattern's second colour chosen to go with it. */
export function dyed(style: Style, colour: ColourName, random: Random): Style {
  const dye = pickDye(random, colour);
  const second = pickDye(random, random.pick(PARTNERS[colour]));
  return { ...style, cloth: { ...style.cloth, dye, second } };
}
