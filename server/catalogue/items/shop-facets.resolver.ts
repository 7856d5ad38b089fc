import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { WHOLE_SHOP_COST } from '../../graphql/cost.ts';
import { Shop } from '../../shops/shop.type.ts';
import type { CatalogueContext } from '../context.ts';
import { countValues } from './count-values.sql.ts';
import { toCountedValues } from './counted-values.ts';
import { facetFields } from './filter-fields.ts';

/** Counting more would make others wait, without telling a shopper anything new. */
const COUNTED = 20_000;

@ObjectType({
  description: `Values that the shop's items can be filtered by, counted over its newest ${COUNTED.toLocaleString('en')} items.`,
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
  async facets(@Root() { id }: Shop, @Ctx() { db }: CatalogueContext): Promise<ShopFacets> {
    const rows = await db.inShop(id, (tx) => countValues(tx, id, { newest: COUNTED }));
    return { limit: COUNTED, ...(await toCountedValues(async () => rows)) };
  }
}
