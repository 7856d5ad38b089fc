import type { MaskedGarment } from '../vision/contract.ts';
import { rleDecode } from '../vision/masks/masks.ts';
import type { UnembeddedImage } from './reembed.sql.ts';

/** A stored image's garments as models read them, in their order. */
export function maskedGarments({ width, height, garments }: UnembeddedImage): MaskedGarment[] {
  return garments.map(({ mask, category }) => ({ mask: rleDecode(mask, width, height), category }));
}
