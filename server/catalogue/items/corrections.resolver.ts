import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import { Garment, toGarment } from '../../garments/garment.type.ts';
import { WORK_COST } from '../../graphql/cost.ts';
import { Category } from '../../vocabulary/category.ts';
import type { CatalogueContext } from '../context.ts';
import { correctGarment, setPrimaryGarment } from './corrections.ts';
import { Item, toItem } from './item.type.ts';
import { matchItem, unmatchItem } from './match-item.ts';

const KEPT =
  'Imports keep the correction as long as the image stays the same. Requires a merchandiser or admin key.';

@Resolver()
export class CorrectionResolver {
  @Mutation(() => Item, { description: `Chooses which garment of an item searches match against. ${KEPT}` })
  async setPrimaryGarment(
    @Arg('itemId', () => ID, { description: 'Id of the item.' }) itemId: string,
    @Arg('garmentId', () => ID, {
      nullable: true,
      description: "A garment in one of the item's images. Omit it to undo the choice.",
    })
    garmentId: string | null,
    @Ctx() context: CatalogueContext,
  ): Promise<Item> {
    requireRole(context.viewer, 'merchandiser');
    return toItem(await setPrimaryGarment(context, itemId, garmentId ?? null));
  }

  @Mutation(() => Item, {
    complexity: WORK_COST,
    description:
      "Lets searches match an item that was left out because the feed's words are of something else than clothing " +
      '(`Item.failure` and warnings NOT_MATCHED say so). Imports keep it matched until `unmatchItem`. Requires a ' +
      'merchandiser or admin key.',
  })
  async matchItem(
    @Arg('itemId', () => ID, { description: 'Id of the item.' }) itemId: string,
    @Arg('category', () => Category, {
      nullable: true,
      description: 'What it is. Omit it to take the category of the garment that was found, if any.',
    })
    category: Category | null,
    @Ctx() context: CatalogueContext,
  ): Promise<Item> {
    requireRole(context.viewer, 'merchandiser');
    return toItem(await matchItem(context, itemId, category ?? null));
  }

  @Mutation(() => Item, {
    description:
      'Undoes `matchItem`: feed and parser decide again whether the item is matched. Requires a merchandiser or admin ' +
      'key.',
  })
  async unmatchItem(
    @Arg('itemId', () => ID, { description: 'Id of the item.' }) itemId: string,
    @Ctx() context: CatalogueContext,
  ): Promise<Item> {
    requireRole(context.viewer, 'merchandiser');
    return toItem(await unmatchItem(context, itemId));
  }

  @Mutation(() => Garment, {
    description:
      "Corrects the category of a garment in an item's image. It takes precedence over the feed's category. " +
      `${KEPT}`,
  })
  async correctGarment(
    @Arg('garmentId', () => ID, { description: 'Id of the garment.' }) garmentId: string,
    @Arg('category', () => Category, {
      nullable: true,
      description: 'The right category. Omit it to undo the correction.',
    })
    category: Category | null,
    @Ctx() context: CatalogueContext,
  ): Promise<Garment> {
    requireRole(context.viewer, 'merchandiser');
    return toGarment(await correctGarment(context, garmentId, category ?? null));
  }
}
