import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import type { CatalogueContext } from '../../catalogue/context.ts';
import { ItemInNoOutfitConnection, NoOutfitReason } from './no-outfit.type.ts';

@Resolver()
export class NoOutfitResolver {
  @Query(() => ItemInNoOutfitConnection, {
    complexity: 50,
    description:
      'Items that can be in no outfit, or that are in no look of the shop, by id. Requires a merchandiser or admin key.',
  })
  async itemsInNoOutfit(
    @Arg('first', () => Int, { defaultValue: 24, description: 'Page size, from 1 to 100.' }) _first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the previous page.' })
    _after: string | null,
    @Arg('why', () => NoOutfitReason, { nullable: true, description: 'Only items with this reason.' })
    _why: NoOutfitReason | null,
    @Ctx() { viewer }: CatalogueContext,
  ): Promise<ItemInNoOutfitConnection> {
    requireRole(viewer, 'merchandiser');
    throw new Error('To come.');
  }
}
