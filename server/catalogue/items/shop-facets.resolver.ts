import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { WHOLE_SHOP_COST } from '../../graphql/cost.ts';
import { Shop } from '../../shops/shop.type.ts';
import type { CatalogueContext } from '../context.ts';
import { COUNTED_ITEMS } from './count-values.sql.ts';
import { toCountedValues } from './counted-values.ts';
import { facetFields } from './filter-fields.ts';

@ObjectType({
  description: `Values that the shop's items can be filtered by, counted over its newest ${COUNTED_ITEMS.toLocaleString('en')} items.`,
})
export class ShopFacets extends facetFields() {
  @Field(() => Int, { description: 'Maximum number of items counted.' })
  limit!: number;
}
@Resolver(() => Shop)
export class ShopFacetResolver {
  @FieldResolver(() => ShopFacets, {
    complexity: WHOLE_SHOP_COST,
    description: "Values that the shop's items can be filtered by.",
  })
  async facets(@Root() { id }: Shop, @Ctx() { loaders }: CatalogueContext): Promise<ShopFacets> {
    const rows = await loaders.valuesOfShop.load(id);
    return { limit: COUNTED_ITEMS, ...(await toCountedValues(async () => rows)) };
  }
}
