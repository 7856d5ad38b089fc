import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import { listCost } from '../../graphql/cost.ts';
import type { CatalogueContext } from '../context.ts';
import { Item, toItem } from '../items/item.type.ts';
import { DuplicateGroup, DuplicateGroupConnection } from './duplicate.type.ts';
import { listDuplicatePage } from './list-duplicates.ts';

/** How many items of one group are shown. */
const MOST_SHOWN = 50;

@Resolver(() => DuplicateGroup)
export class DuplicateResolver {
  @Query(() => DuplicateGroupConnection, {
    complexity: 200,
    description:
      'Groups of items that show the same picture, for review. Nothing is removed. New items appear within ' +
      'a minute. Requires a merchandiser or admin key.',
  })
  async duplicates(
    @Arg('first', () => Int, { defaultValue: 20, description: 'Page size, from 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the previous page.' })
    after: string | null,
    @Ctx() context: CatalogueContext,
  ): Promise<DuplicateGroupConnection> {
    requireRole(context.viewer, 'merchandiser');
    return listDuplicatePage(context, { first, after });
  }

  @FieldResolver(() => [Item], {
    complexity: listCost(),
    description: `The first ${MOST_SHOWN} items of the group, by id.`,
  })
  async items(@Root() { itemIds }: DuplicateGroup, @Ctx() { loaders }: CatalogueContext): Promise<Item[]> {
    const rows = await Promise.all(itemIds.slice(0, MOST_SHOWN).map((id) => loaders.item.load(id)));
    return rows.flatMap((row) => (row ? [toItem(row)] : []));
  }
}
