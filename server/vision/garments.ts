import type { GarmentEmbedder, Image, Mask, ParsedGarment, Turn } from './contract.ts';
import { fullMask, rleArea, rleEncode } from './masks/masks.ts';
import { type OnTiming, timed } from './timing.ts';

/** A garment that has yet to be embedded. */
export interface UnembeddedGarment extends Omit<ParsedGarment, 'rle' | 'area' | 'embedding' | 'colour'> {
  readonly mask: Mask;
}

/** The image as one garment. Its score is 0, because the parser found nothing. */
export function wholeImage({ width, height }: Image): UnembeddedGarment {
  const mask = fullMask(width, height);
  return { category: null, score: 0, box: [0, 0, width, height], mask, whole: true };
}

/** Embeds the garments of one image and encodes their masks. A candidate model embeds them too. */
export async function completeGarments(
  {
    own,
    candidate,
    onTiming,
  }: { own: GarmentEmbedder; candidate: GarmentEmbedder | null; onTiming: OnTiming | undefined },
  image: Image,
  garments: readonly UnembeddedGarment[],
  turn?: Turn,
): Promise<ParsedGarment[]> {
  const masks = garments.map(({ mask }) => mask);
  const embedding = own.embed(image, masks, turn);
  // Meanwhile: crops and embedder have threads of their own.
  const encoding = timed(onTiming, 'rle', () => masks.map(rleEncode));
  const [embedded, rles] = await Promise.all([embedding, encoding]);
  const further = candidate && (await candidate.embed(image, masks, turn));
  return garments.map(({ mask: _, ...garment }, i) => {
    const rle = rles[i]!;
    const parsed = { ...garment, rle, area: rleArea(rle), ...embedded[i]! };
    return further
      ? { ...parsed, further: { model: candidate.space.model, embedding: further[i]!.embedding } }
      : parsed;
  });
}
