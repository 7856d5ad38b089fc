import { type PatternName, type Random, type Style, type Texture } from './drawing/index.ts';

/** A row of a feed in Google Merchant's columns, as a shop would export it. */
export interface FeedRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** A path beside the feed. */
  readonly image_link: string;
  /** "39.90 EUR" */
  readonly price: string;
  readonly sale_price?: string;
  readonly availability: 'in_stock' | 'out_of_stock' | 'preorder';
  readonly brand: string;
  readonly color: string;
  readonly size: string;
  readonly gender: 'female' | 'male' | 'unisex';
  readonly age_group: 'adult';
  readonly item_group_id?: string;
  readonly look_id?: string;
  readonly google_product_category: string;
}

const BRANDS = [
  'Halde & Moor',
  'Lindwurm',
  'Casa Berro',
  'Northquay',
  'Atelier Sorrel',
  'Plain Tuesday',
  'Kestrel Yard',
  'Mirabelle',
] as const;

const CLOTHING = 'Apparel & Accessories > Clothing';
/** By category: Google's taxonomy and the usual price in euros. */
const LISTINGS: readonly { path: string; price: readonly [number, number] }[] = [
  { path: `${CLOTHING} > Shirts & Tops`, price: [15, 49] },
  { path: `${CLOTHING} > Shirts & Tops`, price: [29, 89] },
  { path: `${CLOTHING} > Outerwear > Coats & Jackets`, price: [49, 119] },
  { path: `${CLOTHING} > Outerwear > Coats & Jackets`, price: [59, 229] },
  { path: `${CLOTHING} > Shirts & Tops`, price: [12, 45] },
  { path: `${CLOTHING} > Shirts & Tops`, price: [12, 39] },
  { path: `${CLOTHING} > Shorts`, price: [19, 55] },
  { path: `${CLOTHING} > Pants`, price: [35, 109] },
  { path: `${CLOTHING} > Skirts`, price: [25, 89] },
  { path: `${CLOTHING} > Dresses`, price: [35, 99] },
  { path: `${CLOTHING} > Dresses`, price: [45, 129] },
  { path: `${CLOTHING} > Dresses`, price: [39, 119] },
  { path: `${CLOTHING} > Dresses`, price: [35, 109] },
];

const PATTERNS: Record<PatternName, string> = {
  solid: '',
  denim: '',
  stripes: 'Striped',
  pinstripes: 'Pinstriped',
  checks: 'Checked',
  gingham: 'Gingham',
  dots: 'Polka Dot',
  floral: 'Floral',
  leaves: 'Leaf Print',
  print: '',
  block: 'Colour Block',
  animal: 'Animal Print',
};

const CLOTHS: Record<Texture, string> = {
  none: 'smooth satin-finish viscose',
  weave: 'crisp cotton',
  twill: 'sturdy cotton twill',
  knit: 'soft lambswool blend',
  rib: 'stretchy ribbed jersey',
  fleece: 'brushed cotton',
};

export function describeItem(style: Style, id: string, family: string | null, random: Random): FeedRow {
  const listing = LISTINGS[style.category - 1] as (typeof LISTINGS)[number];
  const price = Math.round(random.range(...listing.price)) - 0.1;
  const title = titleOf(style);
  const chance = random.next();
  return {
    id,
    title,
    description: descriptionOf(style, random),
    image_link: `images/${id.toLowerCase()}.webp`,
    price: euros(price),
    ...(random.chance(0.22)
      ? { sale_price: euros(Math.round(price * random.pick([0.5, 0.7, 0.8])) - 0.1) }
      : {}),
    availability: chance < 0.86 ? 'in_stock' : chance < 0.96 ? 'out_of_stock' : 'preorder',
    // Colour variants of a cut come from one maker, whatever else is drawn for them.
    brand: BRANDS[style.cloth.patternSeed % BRANDS.length] as string,
    color: style.cloth.dye.name,
    size: random.pick(['XS', 'S', 'M', 'M', 'L', 'XL']),
    gender: style.gender,
    age_group: 'adult',
    ...(family ? { item_group_id: family } : {}),
    google_product_category: listing.path,
  };
}

const euros = (amount: number) => `${amount.toFixed(2)} EUR`;

function titleOf(style: Style): string {
  const pattern = PATTERNS[style.cloth.pattern];
  const noun = style.noun;
  const named =
    pattern && !noun.includes(pattern) && !(pattern === 'Striped' && noun === 'Breton Top')
      ? `${pattern} `
      : '';
  return `${named}${denim(style)}${noun} in ${style.cloth.dye.label}`;
}

/** A dress or shirt of denim says so, unless its name does already. */
const denim = ({ cloth, noun }: Style) =>
  cloth.pattern === 'denim' && !/denim|jeans/i.test(noun) ? 'Denim ' : '';

function descriptionOf(style: Style, random: Random): string {
  const fit =
    style.ease < 5 ? 'Cut close to the body' : style.ease > 15 ? 'Cut wide and easy' : 'A regular fit';
  const details = [
    style.trims.has('chest pocket') && 'a chest pocket',
    style.trims.has('hood') && 'a lined hood',
    style.trims.has('lapels') && 'notched lapels',
    style.trims.has('zip') && 'a metal zip',
    style.trims.has('pleats') && 'pressed pleats',
    style.trims.has('belt') && 'a belt at the waist',
    style.trims.has('collar') && 'a neat collar',
    style.trims.has('patch pockets') && 'patch pockets',
    style.trims.has('ribbed edges') && 'ribbed edges',
    style.trims.has('drawstring') && 'a drawstring',
  ].filter((detail): detail is string => typeof detail === 'string');
  const made = `in ${CLOTHS[style.cloth.texture]}`;
  const extra = details.length ? `, with ${details.slice(0, 2).join(' and ')}` : '';
  return `${fit} ${made}${extra}. ${random.pick(['Machine wash at 30 °C.', 'Hand wash, dry flat.', 'Wash inside out with like colours.'])}`;
}
