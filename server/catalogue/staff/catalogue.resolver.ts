import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import { listCost, pageCost, WHOLE_SHOP_COST, WORK_COST } from '../../graphql/cost.ts';
import type { CatalogueContext } from '../context.ts';
import { ItemConnection } from '../items/item.type.ts';
import { Catalogue } from './catalogue.type.ts';
import { categorizeItems } from './categorize-items.ts';
import { CategorizedItem, ItemCategoryInput } from './categorize-items.type.ts';
import { MAX_EXPORTED } from './items-http.ts';
import { listStaffIds, listStaffItems, MAX_IDS } from './list-staff-items.ts';
import { checkStaffFilter } from './staff-filter.ts';
import { StaffFilter } from './staff-filter.type.ts';
import { StaffOrder } from './staff-order.ts';

const KEY = 'Requires a merchandiser or admin key.';

@Resolver(() => Catalogue)
export class CatalogueResolver {
  @Query(() => Catalogue, { description: `The shop's items for its staff. ${KEY}` })
  catalogue(
    @Arg('filter', () => StaffFilter, {
      nullable: true,
      description: 'Only items that match this filter.',
    })
    filter: StaffFilter | null,
    @Ctx() { viewer }: CatalogueContext,
  ): Catalogue {
    requireRole(viewer, 'merchandiser');
    return { filter: checkStaffFilter(filter) };
  }

  @FieldResolver(() => ItemConnection, { complexity: WHOLE_SHOP_COST, description: 'The items.' })
  items(
    @Root() { filter }: Catalogue,
    @Arg('order', () => StaffOrder, { defaultValue: StaffOrder.NEWEST, description: 'Their order.' })
    order: StaffOrder,
    @Arg('first', () => Int, { defaultValue: 24, description: 'Page size, from 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the previous page.' })
    after: string | null,
    @Ctx() context: CatalogueContext,
  ): ItemConnection {
    return listStaffItems(context, filter, { order, first, after: after ?? null });
  }

  @FieldResolver(() => [ID], {
    complexity: pageCost(MAX_IDS, WHOLE_SHOP_COST),
    description: 'The ids of the items, by id, to change them together.',
  })
  ids(
    @Root() { filter }: Catalogue,
    @Arg('first', () => Int, { defaultValue: MAX_IDS, description: 'How many, from 1 to 1,000.' })
    first: number,
    @Arg('after', () => ID, { nullable: true, description: 'The last id of the previous page.' })
    after: string | null,
    @Ctx() context: CatalogueContext,
  ): Promise<string[]> {
    return listStaffIds(context, filter, { first, after: after ?? null });
  }

  @FieldResolver(() => String, {
    description:
      `Address of the items as a CSV file, by id, at most ${MAX_EXPORTED.toLocaleString('en')} of them. The link needs no ` +
      'key and works for 15 minutes.',
  })
  csvUrl(@Root() { filter }: Catalogue, @Ctx() { itemLinks, shopId }: CatalogueContext): string {
    return itemLinks.csvUrl(shopId, filter);
  }

  @Mutation(() => [CategorizedItem], {
    complexity: listCost({ own: WORK_COST }),
    description:
      'Sets the categories of up to 100 items by hand: of the garment that is matched, or, where none is, as `matchItem` ' +
      `does. Imports keep them as long as the image stays the same. ${KEY}`,
  })
  categorizeItems(
    @Arg('items', () => [ItemCategoryInput], { description: 'From 1 to 100 items.' })
    items: ItemCategoryInput[],
    @Ctx() context: CatalogueContext,
  ): Promise<CategorizedItem[]> {
    requireRole(context.viewer, 'merchandiser');
    return categorizeItems(context, items);
  }
}
