import { CATEGORY_IDS, Category, categoryName } from '../../vocabulary/category.ts';
import { englishShelf } from './shelf-names.ts';

/**
 * What a text says about an item's category: some of the 13 (a feed's "Dresses" may be any of four), goods outside them
 * (shoes, bags), or nothing recognisable.
 */
export type CategoryClaim =
  | { readonly kind: 'garment'; readonly categories: readonly Category[] }
  | Outside
  | { readonly kind: 'unknown' };

export interface Outside {
  readonly kind: 'outside';
  readonly goods: string;
  /** The feed's column that says so. */
  readonly column?: OutsideColumn;
  /** Another column names a garment, one of these. */
  readonly unless?: readonly Category[];
}
export type OutsideColumn = 'product_type' | 'google_product_category' | 'title';

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
  return GOOGLE_IDS.get(/^(\d+)(?=$|\s*-\s)/.exec(category.trim())?.[1] ?? '');
}

/** `text` is a category's name, a path such as "Clothing > Dresses", or Google's id of one; with `isTitle` an item's title. */
export function claimOf(text: string | undefined, isTitle = false): CategoryClaim {
  if (!text) return { kind: 'unknown' };
  const trimmed = text.trim().toLowerCase();
  const words = (googleName(trimmed) ?? trimmed).replace(/[_\s]+/g, ' ');
  const own = CATEGORY_IDS.find((id) => categoryName(id) === words);
  if (own) return { kind: 'garment', categories: [own] };
  const [last = '', ...above] = words
    .split(/[>\u203a\u00bb]/)
    .map(englishShelf)
    .reverse();
  const claimOfShelf = (part: string) =>
    (isTitle ? null : sharedShelf(part, words)) ?? claimOfPart(part, words);
  const shared = above.length === 0 && !isTitle ? sharedShelf(last, words) : null;
  const claim = shared ?? (above.length === 0 ? claimOfTitle(last, words) : claimOfShelf(last));
  if (claim.kind !== 'unknown') return claim;
  return above.map(claimOfShelf).find(({ kind }) => kind !== 'unknown') ?? claim;
}

const BETWEEN_GOODS = /[,;&+/]|\s(?:and|or|und|oder|et|ou|y|o|e|en|och|og|ja|i)\s/;

/**
 * What a shelf of several kinds of clothing says of an item: it is any of them, in "Dresses & Skirts" a dress as well as a
 * skirt. Null if the part does not name several.
 */
function sharedShelf(part: string, whole: string): CategoryClaim | null {
  const claims = part
    .split(BETWEEN_GOODS)
    .map((goods) => englishShelf(goods.trim()))
    .filter((goods) => nounsIn(goods).length > 0)
    .map((goods) => claimOfPart(goods, whole));
  const garments = claims.flatMap((claim) => (claim.kind === 'garment' ? [claim.categories] : []));
  if (claims.length < 2 || garments.length === 0) return null;
  // Jumpsuits and sets may be anything, and so may what lies beside them.
  if (claims.some(({ kind }) => kind === 'unknown')) return { kind: 'unknown' };
  return { kind: 'garment', categories: [...new Set(garments.flat())] };
}

/** Around a dash may stand a brand, "Hat & Belt Co - Hoodie": a garment on either side is what is sold. */
function claimOfTitle(title: string, whole: string): CategoryClaim {
  const claims = title
    .split(/ [-\u2013\u2014] |[|\u2013\u2014:]/)
    .map((segment) => claimOfPart(segment, whole));
  return (
    claims.find(({ kind }) => kind === 'garment') ??
    claims.find(({ kind }) => kind === 'outside') ?? { kind: 'unknown' }
  );
}

const CLOTHING =
  /\b(?:clothing|clothes|apparel|garments?|wear|(?:women|men|kids|sports?)wear|fashion)\b(?! accessor)/;

/**
 * A part of a path or a title is read from its head: "dress with belt" is a dress. What stands beside the head makes
 * nothing of it: "Navy skirt (belt included)". A shelf such as "Clothing, shoes & jewelry" has clothing as well.
 */
function claimOfPart(part: string, whole: string): CategoryClaim {
  const [head = '', ...beside] = part.split(/\b(?:with|in|for|by|from|featuring|plus)\b|[([]/);
  for (const phrase of head.split(/[,;]/)) {
    const claim = claimOfPhrase(phrase, whole);
    if (claim.kind === 'outside' && CLOTHING.test(part)) break;
    if (claim.kind !== 'unknown') return claim;
  }
  for (const phrase of beside.flatMap((text) => text.split(/[,;]/))) {
    const claim = claimOfPhrase(phrase, whole);
    if (claim.kind === 'garment') return claim;
  }
  return { kind: 'unknown' };
}

const COLUMNS = [
  ['product_type', 'productType'],
  ['google_product_category', 'googleProductCategory'],
] as const;

/**
 * Claims in the order in which they are tried: the narrower category that feed and title agree on, if any; then the
 * feed's; then the title's. If the first is `outside`, no other follows: what the photo shows is not for sale.
 */
export function claimsOfItem(item: {
  title: string;
  googleProductCategory?: string | undefined;
  productType?: string | undefined;
}): CategoryClaim[] {
  const [feed] = COLUMNS.map(([column, field]) => withColumn(claimOf(item[field]), column)).filter(
    ({ kind }) => kind !== 'unknown',
  );
  const title = withColumn(claimOf(item.title, true), 'title');
  if (!feed) return title.kind === 'unknown' ? [] : [title];
  if (feed.kind === 'outside')
    return [title.kind === 'garment' ? { ...feed, unless: title.categories } : feed];
  if (feed.kind !== 'garment' || title.kind !== 'garment') return [feed];
  const both = feed.categories.filter((category) => title.categories.includes(category));
  return both.length > 0 ? [{ kind: 'garment', categories: both }, feed, title] : [feed, title];
}

function withColumn(claim: CategoryClaim, column: OutsideColumn): CategoryClaim {
  return claim.kind === 'outside' ? { ...claim, column } : claim;
}

/** The categories named in a text such as "a long sleeve dress with pockets", and the rest of the text. */
export function takeCategories(text: string): { categories: readonly Category[]; rest: string } {
  const claim = claimOf(text, true);
  if (claim.kind !== 'garment') return { categories: [], rest: text };
  const nouns = MATCHERS.filter(({ kind }) => typeof kind === 'object');
  const rest = nouns.reduce((left, { find }) => left.replace(find, ' '), text);
  return { categories: claim.categories, rest: rest.replace(SLEEVES, ' ') };
}

interface Noun {
  readonly start: number;
  readonly end: number;
  readonly noun: string;
  readonly kind: Kind | 'outside' | 'unknown';
}

/** Behind these words a noun tells how a garment is cut: "boot cut", "cap sleeve", "tie waist". */
const CUTS =
  'sleeves?|sleeved|cut|neck|neckline|necked|collar|collared|waist|waisted|front|back|hem|legs?|shoulders?';
/** Behind these words it tells what is printed or sewn on: "scarf print", "socks motif", "belt loops". */
const DECORATIONS =
  'pockets?|cuffs?|buttons?|straps?|bows?|prints?|printed|patterns?|patterned|motifs?|graphics?|logo|embroidery|embroidered|appliqu[eé]s?|details?|detailed|' +
  'detailing|styled?|loops?|included|look|inspired|effect|design|trim|buckle';
const OF_A_CUT = new RegExp(`^[ -]?(?:${CUTS})(?![\\w-])`);
const OF_DECORATION = new RegExp(`^[ -](?:${DECORATIONS})(?![\\w-])`);

/**
 * The noun that a phrase is about: the last one, as in "denim skirt" and "dress shoes". Goods other than clothing need
 * more to be meant beside a garment: they must be its neighbour, as in "dress shoes", not as in "coat hood cap".
 */
function claimOfPhrase(phrase: string, whole: string): CategoryClaim {
  const all = nounsIn(phrase);
  const rest = (noun: Noun) => phrase.slice(noun.end);
  const others = all.filter((noun) => !(noun.kind === 'outside' && OF_A_CUT.test(rest(noun))));
  const hasClothing = others.some(({ kind }) => kind !== 'outside');
  const nouns = hasClothing
    ? others.filter((noun) => !(noun.kind === 'outside' && OF_DECORATION.test(rest(noun))))
    : others;
  const last = nouns.at(-1);
  if (!last) return { kind: 'unknown' };
  const clothing = nouns.filter(({ kind }) => kind !== 'outside').at(-1);
  if (last.kind === 'outside' && (!clothing || /^[ -]?$/.test(phrase.slice(clothing.end, last.start)))) {
    return { kind: 'outside', goods: last.noun };
  }
  const kind = (last.kind === 'outside' ? clothing! : last).kind;
  if (typeof kind === 'string') return { kind: 'unknown' };
  const sleeves = sleevesOf(whole);
  return { kind: 'garment', categories: (sleeves && kind[sleeves]) || kind.any };
}

/** The nouns of a phrase in its order, each as long as possible: "tank top" and not "top". */
function nounsIn(phrase: string): Noun[] {
  const found: Noun[] = [];
  for (const { find, kind } of MATCHERS) {
    for (const match of phrase.matchAll(find)) {
      found.push({ start: match.index, end: match.index + match[0].length, noun: match[0], kind });
    }
  }
  return found
    .filter(
      (noun) =>
        !found.some(
          (other) =>
            other !== noun &&
            other.start <= noun.start &&
            other.end >= noun.end &&
            other.end - other.start > noun.end - noun.start,
        ),
    )
    .sort((a, b) => a.start - b.start);
}

const SLEEVES =
  /\b(?:(?:long|short|half|cap)[ -]?sleeved?s?|sleeveless|strapless|halter|spaghetti|strappy|cami)\b/g;

function sleevesOf(text: string): Sleeves | undefined {
  if (/\blong[ -]?sleeve/.test(text)) return 'long';
  if (/\b(?:short|half|cap)[ -]?sleeve/.test(text)) return 'short';
  if (/\b(?:strapless|halter|spaghetti|strappy|cami)\b/.test(text)) return 'strap';
  return /\bsleeveless\b/.test(text) ? 'none' : undefined;
}
