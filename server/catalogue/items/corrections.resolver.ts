import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import { Garment, toGarment } from '../../garments/garment.type.ts';
import { Category } from '../../vocabulary/category.ts';
import type { CatalogueContext } from '../context.ts';
import { correctGarment, setPrimaryGarment } from './corrections.ts';
import { Item, toItem } from './item.type.ts';

const KEPT = "An import keeps it as long as the image is the same. Wants a merchandiser's or admin's key.";

@Resolver()
export class CorrectionResolver {
  @Mutation(() => Item, {
    description: `Chooses the garment of an item that searches match against. ${KEPT}`,
  })
  async setPrimaryGarment(
    @Arg('itemId', () => ID) itemId: string,
    @Arg('garmentId', () => ID, {
      nullable: true,
      description: 'A garment in one of its images; without it, the choice is left to feed and parser again.',
    })
    garmentId: string | null,
    @Ctx() context: CatalogueContext,
  ): Promise<Item> {
    requireRole(context.viewer, 'merchandiser');
    return toItem(await setPrimaryGarment(context, itemId, garmentId ?? null));
  }

  @Mutation(() => Garment, {
    description: `Puts right the category of an item's garment; it stands before the feed's. ${KEPT}`,
  })
  async correctGarment(
    @Arg('garmentId', () => ID) garmentId: string,
    @Arg('category', () => Category, {
      nullable: true,
      description: 'Without it, the category is what feed and parser say again.',
    })
    category: Category | null,
    @Ctx() context: CatalogueContext,
  ): Promise<Garment> {
    requireRole(context.viewer, 'merchandiser');
    return toGarment(await correctGarment(context, garmentId, category ?? null));
  }
}
