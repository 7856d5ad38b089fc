import type { MatchReason } from '../api/shapes.ts';
import type { en } from './messages/en.ts';
import { sayColour, sayGarmentWithin, sayPattern } from './say.ts';
import type { Words } from './words.ts';

/** Why an item matches: `same category (skirt), another blue (cobalt), pattern alike`. */
export function sayReason(words: Words, reason: MatchReason): string {
  const { t } = words;
  const { category, colour, pattern } = reason;
  const said = [
    sayCategory(words, category),
    sayColours(words, colour) ?? (colour.likeness && t(`reason.${COLOURS[colour.likeness]}`)),
    sayPatterns(words, pattern),
  ].filter((phrase) => typeof phrase === 'string');
  return said.join(', ') || t('reason.overall');
}

const CATEGORIES = { ALIKE: 'categoryAlike', PARTLY: 'categoryPartly', DIFFERENT: 'categoryOther' } as const;
const COLOURS = { ALIKE: 'colourAlike', PARTLY: 'colourPartly', DIFFERENT: 'colourOther' } as const;
const PATTERNS = { ALIKE: 'patternAlike', PARTLY: 'patternPartly', DIFFERENT: 'patternOther' } as const;

function sayCategory(words: Words, { agrees, match, likeness }: MatchReason['category']): string | null {
  const { t } = words;
  if (agrees == null || !match) return likeness ? t(`reason.${CATEGORIES[likeness]}`) : null;
  const category = sayGarmentWithin(words, { category: match });
  return agrees ? t('reason.sameCategory', { category }) : t('reason.otherCategory', { category });
}

function sayColours(words: Words, colour: MatchReason['colour']): string | null {
  const { t } = words;
  const { relation, word: told, match, query } = colour;
  const word = told ? sayColour(words, told) : '';
  switch (relation) {
    case 'SAME':
      return t('reason.sameColour', { colour: word });
    case 'OTHER':
      return t('reason.otherColour', { colour: word });
    case 'CLOSE':
      return word ? t('reason.closeColourWord', { word }) : t('reason.closeColour');
    case 'ANOTHER_SHADE': {
      // Shoppers call both blue and navy blue.
      const name = query && query !== match ? 'blue' : (match ?? '').toLowerCase();
      const shade = t(`reason.shade.${name as keyof typeof en.reason.shade}`);
      return told && told !== name ? t('reason.shadeWord', { shade, word }) : shade;
    }
    default:
      return null;
  }
}

/** That both are plain says less than how alike the cloth is. */
function sayPatterns(words: Words, { agrees, match, likeness }: MatchReason['pattern']): string | null {
  const { t } = words;
  if (agrees == null || !match || (agrees && match === 'PLAIN')) {
    return likeness ? t(`reason.${PATTERNS[likeness]}`) : null;
  }
  const pattern = sayPattern(words, match);
  return agrees ? t('reason.samePattern', { pattern }) : t('reason.otherPattern', { pattern });
}
