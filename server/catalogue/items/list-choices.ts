import { toGarment } from '../../garments/garment.type.ts';
import type { Category } from '../../vocabulary/category.ts';
import type { CatalogueContext } from '../context.ts';
import type { ChoiceReason, GarmentChoice } from './choice.type.ts';
import { claimsOfItem } from './claim.ts';
import { explainChoice } from './explain-choice.ts';

/** An item's garments, image by image, with why searches match one of them. */
export async function listChoices(
  { loaders }: Pick<CatalogueContext, 'loaders'>,
  { id, title }: { id: string; title: string },
): Promise<GarmentChoice[]> {
  const [found, words, images] = await Promise.all([
    loaders.garmentsOfItem.load(id),
    loaders.feedWords.load(id),
    loaders.imagesOfItem.load(id),
  ]);
  const garments = [...found].sort(
    (a, b) => (a.imagePosition ?? 0) - (b.imagePosition ?? 0) || b.area - a.area,
  );
  const claims = claimsOfItem({
    title,
    productType: words?.productType ?? undefined,
    googleProductCategory: words?.googleProductCategory ?? undefined,
  });
  const choices = explainChoice(garments, claims);
  return garments.map((row, index) => {
    const { reason, named, goods } = choices[index]!;
    return {
      garment: toGarment(row),
      image: images.findIndex(({ position }) => position === row.imagePosition),
      isMatched: row.isPrimary,
      reason: reason as ChoiceReason,
      named: named as Category[],
      goods,
    };
  });
}
