/** Compares colours as the eye does: shades of one colour differ, and near colours are not called different. */
import type { Shade } from '../vision/contract.ts';
import { takeColours } from '../vocabulary/colour-words.ts';
import { colourNamesFor, labDistance } from '../vocabulary/palette.ts';
import type { ColourName } from '../vocabulary/taxonomy.ts';

export type ColourRelation = 'same' | 'another shade' | 'close' | 'other';

export interface ColourComparison {
  /** Null if it is unknown or more than one would do. */
  readonly query: ColourName | null;
  /** By the feed's word, else as the picture shows it. */
  readonly match: ColourName | null;
  /** Null if either is unknown, and where the two are too close to tell. */
  readonly agrees: boolean | null;
  readonly similarity: number | null;
  /** Null if too little is known to say so. */
  readonly relation: ColourRelation | null;
  /** The match's colour: the feed's word, else the name of what the picture shows. Null where it should not be said. */
  readonly word: string | null;
  /** Such as "same colour (navy)" or "another blue (cobalt)"; null if too little is known to say so. */
  readonly words: string | null;
}

export interface ColourTraits {
  /** The dominant colour that was detected. */
  readonly colour: ColourName | null;
  /** The leading colours of its pixels; null where they were not measured. */
  readonly shades: readonly Shade[] | null;
  /** In the feed's own words. */
  readonly feedColour: string | null;
}

export interface WantedColour {
  /** Any of these will do; empty if nothing is known. */
  readonly colours: readonly ColourName[];
  /** Whether all of them were named, by the shopper or a feed, and none is a guess from the picture. */
  readonly areNamed: boolean;
  /** Of the garment searched with; null where another colour was asked for. */
  readonly shades: readonly Shade[] | null;
}

/** A colour that covers less is not named: on the val split 95 % of the names above it are right, two thirds of those below. */
const CLEAR_SHARE = 0.5;
/** Beside it, another colour counts as leading too from this part of the first one's share on. */
const RIVAL = 0.5;
/** A mean colour whose second nearest name is hardly farther may have either (ΔE). */
const BORDER = 4;
/** ΔE of what looks like one colour, and of what may be called so: docs/retrieval.md. */
const SAME_DISTANCE = 20;
const CLOSE_DISTANCE = 26;
/**
 * Cosines of the colour blocks, where pixels were not measured. Over all pairs of 60 drawn items, those with one word in
 * the feed had a median of .82 and a quarter less than .63; those of two dominant colours had a median of .03 and a
 * twentieth more than .65.
 */
const SAME_COSINE = 0.6;
const CLOSE_COSINE = 0.4;
/** What shoppers call both. */
const BLUES: readonly ColourName[] = ['blue', 'navy'];
const MOST_WORD = 24;

/** What a garment's colour may be called: more than one name where the picture leaves it open. */
export function wantedColour({ colour, shades, feedColour }: ColourTraits): WantedColour {
  const { colours } = takeColours(feedColour?.toLowerCase() ?? '');
  if (colours.length > 0) return { colours, areNamed: true, shades };
  return { colours: coloursSeen(colour, shades), areNamed: false, shades };
}

export function compareColours(
  wanted: WantedColour,
  match: ColourTraits,
  similarity: number | null,
): ColourComparison {
  const { colours, areNamed, word } = coloursOf(match);
  const [main] = colours;
  const isClear = areNamed || colours.length === 1;
  const isWantedClear = wanted.areNamed || wanted.colours.length === 1;
  const known = {
    query: wanted.colours.length === 1 ? wanted.colours[0]! : null,
    match: (isClear && main) || null,
    similarity,
  };
  const inFeed = areNamed ? word : null;
  const unsaid = { ...known, agrees: null, relation: null, word: isClear ? word : null, words: null };
  const close = (): ColourComparison => {
    const words = `close in colour${inBrackets(inFeed)}`;
    return { ...known, agrees: null, relation: 'close', word: inFeed, words };
  };
  if (wanted.colours.length === 0 || !main) return unsaid;
  const nearness = nearnessOf(wanted.shades, match.shades, similarity, colours.length);
  if (colours.some((colour) => wanted.colours.includes(colour))) {
    if (!isClear || !isWantedClear) return nearness === 'far' ? unsaid : close();
    if (nearness === 'same' || nearness === null) {
      return { ...known, agrees: true, relation: 'same', word, words: `same colour${inBrackets(word)}` };
    }
    const words = `another ${main}${word === main ? '' : inBrackets(word)}`;
    return { ...known, agrees: null, relation: 'another shade', word, words };
  }
  if (isClear && BLUES.includes(main) && wanted.colours.some((colour) => BLUES.includes(colour))) {
    const words = `another blue${inBrackets(word)}`;
    return { ...known, agrees: null, relation: 'another shade', word, words };
  }
  // A guess from the picture that contradicts what is seen beside it is not said.
  if (nearness === 'same' || nearness === 'close') return close();
  const told = isClear ? word : null;
  return { ...known, agrees: false, relation: 'other', word: told, words: `other colour${inBrackets(told)}` };
}

/** By the eye's distance of what leads in both pictures, else by the model's; null if neither is known. */
function nearnessOf(
  wanted: readonly Shade[] | null,
  match: readonly Shade[] | null,
  similarity: number | null,
  namedColours: number,
): 'same' | 'close' | 'far' | null {
  const main = wanted?.[0];
  if (main && match && match.length > 0) {
    // Of an item in several colours, any may be the one.
    const shown = namedColours > 1 ? match : match.slice(0, 1);
    const distance = Math.min(...shown.map(({ lab }) => labDistance(lab, main.lab)));
    return distance <= SAME_DISTANCE ? 'same' : distance <= CLOSE_DISTANCE ? 'close' : 'far';
  }
  if (similarity === null) return null;
  return similarity >= SAME_COSINE ? 'same' : similarity >= CLOSE_COSINE ? 'close' : 'far';
}

/** The feed's word counts before what the picture shows. A feed may name several: "navy/white". */
function coloursOf({ colour, shades, feedColour }: ColourTraits) {
  const said = feedColour?.trim().toLowerCase() ?? '';
  const { colours } = takeColours(said);
  if (colours.length > 0)
    return { colours, areNamed: true, word: said.length <= MOST_WORD ? said : colours[0]! };
  const seen = coloursSeen(colour, shades);
  return { colours: seen, areNamed: false, word: seen[0] ?? null };
}

function coloursSeen(colour: ColourName | null, shades: readonly Shade[] | null): ColourName[] {
  const main = shades?.[0];
  if (!shades || !main) return colour ? [colour] : [];
  const rivals = main.share >= CLEAR_SHARE ? [] : shades.filter(({ share }) => share >= RIVAL * main.share);
  const named = [main, ...rivals].map((shade) => shade.colour);
  return [...new Set([...named, ...colourNamesFor(main.lab, BORDER)])];
}

function inBrackets(word: string | null): string {
  return word === null ? '' : ` (${word})`;
}
