import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import type { LookContext } from '../looks/context.ts';
import { listNoOutfitPage } from './list-no-outfit.ts';
import { ItemInNoOutfitConnection, NoOutfitReason } from './no-outfit.type.ts';

@Resolver()
export class NoOutfitResolver {
  @Query(() => ItemInNoOutfitConnection, {
    complexity: 50,
    description:
      'Items that can be in no outfit, or that are in no look of the shop, by id. Requires a merchandiser or admin key.',
  })
  async itemsInNoOutfit(
    @Arg('first', () => Int, { defaultValue: 24, description: 'Page size, from 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the previous page.' })
    after: string | null,
    @Arg('why', () => NoOutfitReason, { nullable: true, description: 'Only items with this reason.' })
    why: NoOutfitReason | null,
    @Ctx() context: LookContext,
  ): Promise<ItemInNoOutfitConnection> {
    requireRole(context.viewer, 'merchandiser');
    return listNoOutfitPage(context, { first, after, why });
  }
}
