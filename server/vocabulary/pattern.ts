import { registerEnumType } from 'type-graphql';
import { PATTERNS, type PatternName } from './taxonomy.ts';

/** The enum's value is the model's name of the pattern, which is also what the database keeps: nothing is mapped. */
export const Pattern = {
  PLAIN: 'plain',
  STRIPED: 'striped',
  CHECKED: 'checked',
  DOTTED: 'dotted',
  FLORAL: 'floral',
  PRINT: 'print',
} as const satisfies Record<Uppercase<PatternName>, PatternName>;

registerEnumType(Pattern, {
  name: 'Pattern',
  description: 'Pattern of a garment.',
  valuesConfig: {
    PLAIN: { description: 'One colour, or blocks of colours.' },
    CHECKED: { description: 'Checks, plaid, gingham.' },
    PRINT: { description: 'A picture or words, or any other repeated motif.' },
  },
});

/** The pattern of this name; null for other text, such as a pattern in the feed's own word. */
export function patternNamed(text: string | null): PatternName | null {
  return PATTERNS.find((name) => name === text) ?? null;
}
