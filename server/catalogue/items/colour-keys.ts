import { takeColours } from '../../vocabulary/colour-words.ts';
import { textKey } from '../../vocabulary/fold.ts';

/** Google's own limit of colours per item. */
export const MAX_COLOURS = 3;

/**
 * The keys by which a feed's colour is found: of "Bordeaux/Black" red and black. What names none of the 13 colours, as in
 * other languages, is its own key. At most three.
 */
export function colourKeys(color: string): string[] {
  const whole = textKey(color);
  const keys = whole
    .split(/[/,;|+&]| and /)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => {
      const { colours } = takeColours(part);
      return colours.length > 0 ? colours : [part];
    });
  return keys.length > 0 ? [...new Set(keys)].slice(0, MAX_COLOURS) : [whole];
}
