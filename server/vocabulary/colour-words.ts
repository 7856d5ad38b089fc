import { COLOURS, type ColourName } from './taxonomy.ts';

/** What people and feeds also call the embedder's colours. */
const SYNONYMS: Readonly<Record<ColourName, readonly string[]>> = {
  black: ['jet', 'onyx', 'ebony', 'ink'],
  white: ['ivory', 'off[ -]?white', 'snow', 'ecru'],
  grey: ['gray', 'charcoal', 'silver', 'anthracite', 'slate', 'heather'],
  beige: ['cream', 'sand', 'nude', 'oat(?:meal)?', 'taupe', 'champagne', 'camel'],
  brown: ['chocolate', 'coffee', 'tan', 'tobacco', 'cognac', 'mocha', 'chestnut'],
  red: ['burgundy', 'maroon', 'wine', 'crimson', 'scarlet', 'bordeaux', 'cherry', 'ruby', 'poppy'],
  orange: ['rust', 'terracotta', 'coral', 'apricot', 'peach', 'copper'],
  yellow: ['mustard', 'gold(?:en)?', 'lemon', 'ochre', 'butter', 'saffron'],
  green: ['olive', 'khaki', 'emerald', 'mint', 'sage', 'lime', 'forest', 'teal', 'moss'],
  blue: ['azure', 'turquoise', 'cobalt', 'aqua', 'cyan', 'royal', 'indigo'],
  navy: ['navy[ -]blue', '(?:dark|deep|midnight)[ -]blue', 'midnight', 'marine'],
  purple: ['violet', 'lilac', 'lavender', 'mauve', 'plum', 'aubergine'],
  pink: ['rose', 'fuchsia', 'magenta', 'blush', 'salmon'],
};
/** Said of a colour and lost with it: the embedder tells no shades. */
const SHADES = '(?:very |so )?(?:dark|light|bright|pale|deep|pastel|soft|dusty|neon|hot|baby|sky)[ -]';

const PATTERNS = COLOURS.map((colour) => ({
  colour,
  pattern: `(?:${[...SYNONYMS[colour], colour, `${colour.replace(/e$/, '')}d?ish`].join('|')})`,
}));
// Navy first: "dark blue" is not blue.
const ORDER = [...PATTERNS].sort((a, b) => Number(b.colour === 'navy') - Number(a.colour === 'navy'));
const NAMED = ORDER.map(({ colour, pattern }) => ({
  colour,
  find: new RegExp(`\\b(?:${SHADES})?${pattern}(?: colou?r(?:ed)?)?\\b`, 'g'),
}));

/** The colours that a lower-case text names, in its order, and what is left of it. */
export function takeColours(text: string): { colours: ColourName[]; rest: string } {
  const found: { colour: ColourName; at: number }[] = [];
  let rest = text;
  for (const { colour, find } of NAMED) {
    rest = rest.replace(find, (match, at: number) => {
      found.push({ colour, at });
      // As long as before, so that later finds keep their place.
      return ' '.repeat(match.length);
    });
  }
  found.sort((a, b) => a.at - b.at);
  return { colours: [...new Set(found.map(({ colour }) => colour))], rest };
}

/** A regular expression, for Postgres too, of the words for this colour in a feed's free text. */
export function feedPattern(colour: ColourName): string {
  return `\\m${PATTERNS.find((entry) => entry.colour === colour)!.pattern}\\M`;
}
