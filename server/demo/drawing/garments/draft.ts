import type { Figure } from '../figure.ts';
import type { Draft } from '../piece.ts';
import { draftSkirt, draftTrousers } from './bottoms.ts';
import { draftOutwear } from './outwear.ts';
import type { Style } from './style.ts';
import { draftSling, draftTop } from './tops.ts';

/** The pieces of a garment cut for a figure. */
export function draftGarment(figure: Figure, style: Style): Draft {
  switch (style.category) {
    case 3:
    case 4:
      return draftOutwear(figure, style);
    case 6:
    case 13:
      return draftSling(figure, style);
    case 7:
    case 8:
      return draftTrousers(figure, style);
    case 9:
      return draftSkirt(figure, style);
    default:
      return draftTop(figure, style);
  }
}
