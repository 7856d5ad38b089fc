import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import { listCost, WORK_COST } from '../../graphql/cost.ts';
import type { CatalogueContext } from '../context.ts';
import { restoreItems } from './restore-items.ts';

@Resolver()
export class DeletedItemResolver {
  @Mutation(() => [ID], {
    complexity: listCost({ own: WORK_COST }),
    description:
      'Brings back up to 1,000 items that `deleteItems` has kept, with their images and garments. Returns the ids of those ' +
      'that came back: not of items that an import has made again or a replacing feed has left out since. ' +
      'Requires a merchandiser or admin key.',
  })
  async restoreItems(
    @Arg('ids', () => [ID], { description: 'From 1 to 1,000 item ids.' }) ids: string[],
    @Ctx() context: CatalogueContext,
  ): Promise<string[]> {
    requireRole(context.viewer, 'merchandiser');
    return restoreItems(context, ids);
  }
}
