import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import { listCost } from '../../graphql/cost.ts';
import type { CatalogueContext } from '../context.ts';
import { Item, toItem } from '../items/item.type.ts';
import { DuplicateGroup, DuplicateGroupConnection } from './duplicate.type.ts';
import { listDuplicatePage } from './list-duplicates.ts';

/** Items of one group that are shown. */
const MOST_SHOWN = 50;

@Resolver(() => DuplicateGroup)
export class DuplicateResolver {
  @Query(() => DuplicateGroupConnection, {
    complexity: 200,
    description:
      "Items that show the same picture, to be looked through: nothing is removed. Wants a merchandiser's or " +
      "admin's key. What has just landed is compared within a minute.",
  })
  async duplicates(
    @Arg('first', () => Int, { defaultValue: 20, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | null,
    @Ctx() context: CatalogueContext,
  ): Promise<DuplicateGroupConnection> {
    requireRole(context.viewer, 'merchandiser');
    return listDuplicatePage(context, { first, after });
  }

  @FieldResolver(() => [Item], {
    complexity: listCost(),
    description: `The first ${MOST_SHOWN} of them, by id.`,
  })
  async items(@Root() { itemIds }: DuplicateGroup, @Ctx() { loaders }: CatalogueContext): Promise<Item[]> {
    const rows = await Promise.all(itemIds.slice(0, MOST_SHOWN).map((id) => loaders.item.load(id)));
    return rows.flatMap((row) => (row ? [toItem(row)] : []));
  }
}
