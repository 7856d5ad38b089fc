import { registerEnumType } from 'type-graphql';
import type { Closeness as Word } from './closeness.ts';

/** The enum's values are the words that the server uses itself: nothing is mapped. */
export const Closeness = {
  VERY_CLOSE: 'very close',
  CLOSE: 'close',
  SAME_COLOUR: 'same colour',
  SAME_CUT: 'same cut',
  SAME_PATTERN: 'same pattern',
  DISTANT: 'distant',
} as const satisfies Record<string, Word>;

registerEnumType(Closeness, {
  name: 'Closeness',
  description: 'How close a match is.',
  valuesConfig: {
    VERY_CLOSE: { description: 'Most people would take one for the other, or nearly.' },
    CLOSE: { description: 'Cut and colour agree more likely than not.' },
    SAME_COLOUR: { description: 'The colour is the same.' },
    SAME_CUT: { description: 'The category is the same.' },
    SAME_PATTERN: { description: 'The pattern is alike.' },
    DISTANT: { description: 'The nearest there is, but not close.' },
  },
});
