import type { GarmentEmbedder, Image, Mask, ParsedGarment, Turn } from './contract.ts';
import { fullMask, rleArea, rleEncode } from './masks/masks.ts';
import type { OpenAttributes } from './open-models.ts';
import { shadesUnder } from './shades.ts';
import { type OnTiming, timed } from './timing.ts';

/** A garment that is not embedded yet. */
export interface UnembeddedGarment
  extends Omit<ParsedGarment, 'rle' | 'area' | 'embedding' | 'colour' | 'shades' | 'attributes'> {
  readonly mask: Mask;
}

/** The whole image as one garment. Its score is 0, because the parser found nothing. */
export function wholeImage({ width, height }: Image): UnembeddedGarment {
  const mask = fullMask(width, height);
  return { category: null, score: 0, box: [0, 0, width, height], mask, whole: true };
}

/** Embeds the garments of one image, also with a candidate model if there is one, and encodes their masks. */
export async function completeGarments(
  {
    own,
    candidate,
    attributes,
    onTiming,
  }: {
    own: GarmentEmbedder;
    candidate: GarmentEmbedder | null;
    attributes?: Pick<OpenAttributes, 'read'> | null;
    onTiming: OnTiming | undefined;
  },
  image: Image,
  garments: readonly UnembeddedGarment[],
  turn?: Turn,
): Promise<ParsedGarment[]> {
  const masks = garments.map(({ mask }) => mask);
  const embedding = own.embed(image, garments, turn);
  // Runs at the same time: crops and embedder have their own threads.
  const encoding = timed(onTiming, 'rle', () => masks.map(rleEncode));
  const [embedded, rles] = await Promise.all([embedding, encoding]);
  // A whole picture is mostly background.
  const parts = [...garments.keys()].filter((i) => !garments[i]!.whole);
  const pick = <T>(all: readonly T[]) => parts.map((i) => all[i]!);
  const read = (await attributes?.read(image, pick(masks), pick(embedded))) ?? [];
  // What a candidate cannot embed is left to the re-embedding, which tells of it: searches do not need it yet.
  const further = candidate && (await candidate.embed(image, garments, turn).catch(() => null));
  return garments.map(({ mask, ...garment }, i) => {
    const rle = rles[i]!;
    const shades = garment.whole ? null : shadesUnder(image, mask);
    const colour = shades?.[0]?.colour ?? embedded[i]!.colour;
    const seen = read[parts.indexOf(i)] ?? null;
    const parsed = { ...garment, rle, area: rleArea(rle), ...embedded[i]!, colour, shades, attributes: seen };
    return further
      ? { ...parsed, further: { model: candidate.space.model, embedding: further[i]!.embedding } }
      : parsed;
  });
}
