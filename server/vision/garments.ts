import type { GarmentEmbedder, Image, Mask, ParsedGarment, Turn } from './contract.ts';
import { fullMask, rleArea, rleEncode } from './masks/masks.ts';
import type { CropEmbedder, OpenAttributes } from './open-models.ts';
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
    own: CropEmbedder;
    candidate: GarmentEmbedder | null;
    attributes?: Pick<OpenAttributes, 'read'> | null;
    onTiming: OnTiming | undefined;
  },
  image: Image,
  garments: readonly UnembeddedGarment[],
  turn?: Turn,
): Promise<ParsedGarment[]> {
  const embedding = own.embed(image, garments, turn);
  // Runs at the same time: crops and embedder have their own threads.
  const measuring = timed(onTiming, 'measures', () => garments.map((garment) => measure(image, garment)));
  const [embedded, measures] = await Promise.all([embedding, measuring]);
  // A whole picture is mostly background.
  const parts = [...garments.keys()].filter((i) => !garments[i]!.whole);
  const read = (await attributes?.read(parts.map((i) => embedded[i]!))) ?? [];
  // What a candidate cannot embed is left to the re-embedding, which tells of it: searches do not need it yet.
  const further = candidate && (await candidate.embed(image, garments, turn).catch(() => null));
  return garments.map(({ mask, ...garment }, i) => {
    const { embedding, colour } = embedded[i]!;
    const { rle, shades } = measures[i]!;
    const parsed = {
      ...garment,
      rle,
      area: rleArea(rle),
      embedding,
      colour: shades?.[0]?.colour ?? colour,
      shades,
      attributes: read[parts.indexOf(i)] ?? null,
    };
    return further
      ? { ...parsed, further: { model: candidate.space.model, embedding: further[i]!.embedding } }
      : parsed;
  });
}

/** What a garment's mask tells without a model. */
function measure(image: Image, { mask, whole }: UnembeddedGarment) {
  return { rle: rleEncode(mask), shades: whole ? null : shadesUnder(image, mask) };
}
