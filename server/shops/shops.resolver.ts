import { Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { CategoryCount, Shop } from './shop.type.ts';
import { countCategories, findShop, listValues } from './shops.sql.ts';

const MAX_COLORS = 100;
const MAX_BRANDS = 200;

@Resolver(() => Shop)
export class ShopResolver {
  @Query(() => Shop, { description: "The shop of the viewer's key; the default shop without one." })
  async shop(@Ctx() { db, shopId }: Context): Promise<Shop> {
    const shop = await db.inShop(shopId, (tx) => findShop(tx, shopId));
    if (!shop) throw new NotFoundError('The shop is gone.');
    return shop;
  }

  @FieldResolver(() => Int)
  async itemCount(@Root() { id }: Shop, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.itemCounts.load(id)).itemCount;
  }

  @FieldResolver(() => Int, { description: 'Items whose parsing is still to come.' })
  async pendingCount(@Root() { id }: Shop, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.itemCounts.load(id)).pendingCount;
  }

  @FieldResolver(() => [CategoryCount], { description: 'How many items of each category can be found.' })
  categories(@Root() { id }: Shop, @Ctx() { db }: Context): Promise<CategoryCount[]> {
    return db.inShop(id, (tx) => countCategories(tx, id));
  }

  @FieldResolver(() => [String], { description: 'The 100 commonest.' })
  colors(@Root() { id }: Shop, @Ctx() { db }: Context): Promise<string[]> {
    return db.inShop(id, (tx) => listValues(tx, id, 'color', MAX_COLORS));
  }

  @FieldResolver(() => [String], { description: 'The 200 commonest.' })
  brands(@Root() { id }: Shop, @Ctx() { db }: Context): Promise<string[]> {
    return db.inShop(id, (tx) => listValues(tx, id, 'brand', MAX_BRANDS));
  }
}
