import { CATEGORY_IDS, Category, categoryName } from '../../vocabulary/category.ts';

/**
 * What a text says about an item's category: some of the 13 (a feed's "Dresses" may be any of four), goods outside them
 * (shoes, bags), or nothing recognisable.
 */
export type CategoryClaim =
  | { readonly kind: 'garment'; readonly categories: readonly Category[] }
  | { readonly kind: 'outside'; readonly goods: string }
  | { readonly kind: 'unknown' };

type Sleeves = 'long' | 'short' | 'none' | 'strap';
type Kind = Partial<Record<Sleeves, Category[]>> & { any: Category[] };

const C = Category;
const DRESS: Kind = {
  any: [C.SHORT_SLEEVE_DRESS, C.LONG_SLEEVE_DRESS, C.VEST_DRESS, C.SLING_DRESS],
  long: [C.LONG_SLEEVE_DRESS],
  short: [C.SHORT_SLEEVE_DRESS],
  none: [C.VEST_DRESS, C.SLING_DRESS],
  strap: [C.SLING_DRESS],
};
const TOP: Kind = {
  any: [C.SHORT_SLEEVE_TOP, C.LONG_SLEEVE_TOP, C.VEST, C.SLING],
  long: [C.LONG_SLEEVE_TOP],
  short: [C.SHORT_SLEEVE_TOP],
  none: [C.VEST, C.SLING],
  strap: [C.SLING],
};
const T_SHIRT: Kind = { ...TOP, any: [C.SHORT_SLEEVE_TOP] };
const KNITWEAR: Kind = { ...TOP, any: [C.LONG_SLEEVE_TOP] };
const HOODIE: Kind = { ...TOP, any: [C.LONG_SLEEVE_TOP, C.LONG_SLEEVE_OUTWEAR] };
const OUTWEAR: Kind = {
  any: [C.LONG_SLEEVE_OUTWEAR, C.SHORT_SLEEVE_OUTWEAR],
  long: [C.LONG_SLEEVE_OUTWEAR],
  short: [C.SHORT_SLEEVE_OUTWEAR],
  none: [C.VEST],
};
const only = (category: Category): Kind => ({ any: [category] });

/** The noun decides; the words before it only describe it: a "shirt dress" is a dress, "dress shoes" are shoes. */
const NOUNS: readonly (readonly [pattern: string, kind: Kind | 'outside' | 'unknown'])[] = [
  ['dress(?:es)?|gowns?|sundress(?:es)?|minidress(?:es)?|kaftans?', DRESS],
  ['(?:slip|cami|sling|strap) ?dress(?:es)?', only(C.SLING_DRESS)],
  ['(?:vest|tank|pinafore) ?dress(?:es)?|pinafores?', only(C.VEST_DRESS)],
  ['skirts?|miniskirts?|skorts?', only(C.SKIRT)],
  ['shorts|bermudas|boardshorts|hot ?pants', only(C.SHORTS)],
  [
    'trousers?|pants|jeans|chinos?|leggings|jeggings|joggers|sweatpants|slacks|culottes|palazzos',
    only(C.TROUSERS),
  ],
  [
    'jackets?|coats?|blazers?|parkas?|trench(?:es)?|outerwear|outwear|overcoats?|anoraks?|windbreakers?',
    OUTWEAR,
  ],
  ['raincoats?|bombers?|cardigans?|ponchos?|capes?|kimonos?', OUTWEAR],
  ['gilets?|waistcoats?|vests?|tank ?tops?|tanks?|singlets?|vest ?tops?', only(C.VEST)],
  ['camisoles?|camis?|bandeaus?|bustiers?|(?:halter|tube|sling|cami|strap) ?tops?|slings?', only(C.SLING)],
  ['t-?shirts?|tees?|polos?|polo ?shirts?', T_SHIRT],
  ['sweaters?|jumpers?|pullovers?|sweatshirts?|knitwear|turtlenecks?|knits?', KNITWEAR],
  ['hoodies?|hooded sweatshirts?', HOODIE],
  ['shirts?|blouses?|tops?|tunics?|overshirts?', TOP],
  // Worn as one piece or as a set: the parser may see a top and trousers, and either may be meant.
  ['jumpsuits?|rompers?|playsuits?|overalls|dungarees|suits?|sets?|pyjamas|pajamas', 'unknown'],
  [
    'shoes?|sneakers?|boots?|booties|sandals?|heels|pumps|loafers?|slippers?|trainers|footwear|flats',
    'outside',
  ],
  ['bags?|handbags?|backpacks?|purses?|wallets?|clutch(?:es)?|totes?|luggage|suitcases?', 'outside'],
  ['belts?|hats?|caps?|beanies?|scarf|scarves|gloves|mittens|socks?|ties|sunglasses|watch(?:es)?', 'outside'],
  ['jewell?ery|necklaces?|earrings?|bracelets?|perfumes?|(?<!& )accessories', 'outside'],
];
const MATCHERS = NOUNS.map(([pattern, kind]) => ({
  find: new RegExp(`\\b(?:${pattern})(?![\\w-])`, 'g'),
  kind,
}));

/** Ids of Google's product taxonomy, for feeds that give only the number. */
const GOOGLE_IDS = new Map([
  ['187', 'shoes'],
  ['167', 'accessories'],
  ['188', 'jewelry'],
  ['203', 'outerwear'],
  ['204', 'pants'],
  ['207', 'shorts'],
  ['212', 'tops'],
  ['1581', 'skirts'],
  ['1831', 'vests'],
  ['2271', 'dresses'],
  ['3032', 'handbags'],
  ['5344', 'skorts'],
  ['5598', 'coats'],
  ['6551', 'handbags'],
]);

/** What Google's id at the beginning of a category stands for, if it is one that we know. */
export function googleName(category: string): string | undefined {
  return GOOGLE_IDS.get(/^\d+/.exec(category.trim())?.[0] ?? '');
}

/** `text` is a category's name, a path such as "Clothing > Dresses", Google's id of one, or an item's title. */
export function claimOf(text: string | undefined): CategoryClaim {
  if (!text) return { kind: 'unknown' };
  const trimmed = text.trim().toLowerCase();
  const words = (googleName(trimmed) ?? trimmed).replace(/[_\s]+/g, ' ');
  const own = CATEGORY_IDS.find((id) => categoryName(id) === words);
  if (own) return { kind: 'garment', categories: [own] };
  // The last part of a path says most. If it says nothing, each part is read from its head: "dress with belt" is a
  // dress.
  for (const part of words.split('>').reverse()) {
    for (const phrase of part.split(/\b(?:with|in|for|by|from|featuring)\b|[,;|(–—]| - /)) {
      const claim = claimOfPhrase(phrase, words);
      if (claim.kind !== 'unknown') return claim;
    }
  }
  return { kind: 'unknown' };
}

/**
 * Claims in the order in which they are tried: the narrower category that feed and title agree on, if any; then the
 * feed's; then the title's. If the feed's claim is `outside`, no other follows: what the photo shows is not for sale.
 */
export function claimsOfItem(item: {
  title: string;
  googleProductCategory?: string | undefined;
  productType?: string | undefined;
}): CategoryClaim[] {
  const feed = [item.productType, item.googleProductCategory]
    .map(claimOf)
    .find(({ kind }) => kind !== 'unknown');
  const title = claimOf(item.title);
  if (!feed || feed.kind === 'unknown') return title.kind === 'unknown' ? [] : [title];
  if (feed.kind === 'outside' || title.kind !== 'garment') return [feed];
  const both = feed.categories.filter((category) => title.categories.includes(category));
  return both.length > 0 ? [{ kind: 'garment', categories: both }, feed, title] : [feed, title];
}

/** The categories named in a text such as "a long sleeve dress with pockets", and the rest of the text. */
export function takeCategories(text: string): { categories: readonly Category[]; rest: string } {
  const claim = claimOf(text);
  if (claim.kind !== 'garment') return { categories: [], rest: text };
  const nouns = MATCHERS.filter(({ kind }) => typeof kind === 'object');
  const rest = nouns.reduce((left, { find }) => left.replace(find, ' '), text);
  return { categories: claim.categories, rest: rest.replace(SLEEVES, ' ') };
}

function claimOfPhrase(phrase: string, whole: string): CategoryClaim {
  let last: { end: number; length: number; noun: string; kind: Kind | 'outside' | 'unknown' } | undefined;
  for (const { find, kind } of MATCHERS) {
    for (const match of phrase.matchAll(find)) {
      const end = match.index + match[0].length;
      const later = !last || end > last.end || (end === last.end && match[0].length > last.length);
      if (later) last = { end, length: match[0].length, noun: match[0], kind };
    }
  }
  if (!last || last.kind === 'unknown') return { kind: 'unknown' };
  if (last.kind === 'outside') return { kind: 'outside', goods: last.noun };
  const sleeves = sleevesOf(whole);
  return { kind: 'garment', categories: (sleeves && last.kind[sleeves]) || last.kind.any };
}

const SLEEVES =
  /\b(?:(?:long|short|half|cap)[ -]?sleeved?s?|sleeveless|strapless|halter|spaghetti|strappy|cami)\b/g;

function sleevesOf(text: string): Sleeves | undefined {
  if (/\blong[ -]?sleeve/.test(text)) return 'long';
  if (/\b(?:short|half|cap)[ -]?sleeve/.test(text)) return 'short';
  if (/\b(?:strapless|halter|spaghetti|strappy|cami)\b/.test(text)) return 'strap';
  return /\bsleeveless\b/.test(text) ? 'none' : undefined;
}
