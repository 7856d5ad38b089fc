import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { hasRole, requireMachine, requireOperator } from '../access/viewer.ts';
import { NotFoundError } from '../errors/errors.ts';
import { listCost, WHOLE_SHOP_COST } from '../graphql/cost.ts';
import type { ShopContext } from './context.ts';
import { openShop } from './create-shop.ts';
import { makeShopKey } from './make-key.ts';
import { CategoryCount, NewShop, NewShopKey, Shop } from './shop.type.ts';
import { countCategories, findShop, listValues } from './shops.sql.ts';

const MAX_COLORS = 100;
const MAX_BRANDS = 200;

@Resolver(() => Shop)
export class ShopResolver {
  @Query(() => Shop, { description: "The shop of the viewer's key; the default shop without one." })
  async shop(@Ctx() { db, shopId }: ShopContext): Promise<Shop> {
    const shop = await db.inShop(shopId, (tx) => findShop(tx, shopId));
    if (!shop) throw new NotFoundError('The shop is gone.');
    return shop;
  }

  @Mutation(() => NewShop, {
    description:
      'Opens a shop with a first admin key. Wants an admin key of the first shop, or the control token of this server.',
  })
  createShop(
    @Arg('name', () => String, { description: '1 to 100 characters.' }) name: string,
    @Arg('currency', () => String, { defaultValue: 'EUR', description: 'ISO 4217, such as EUR.' })
    currency: string,
    @Ctx() { db, viewer }: ShopContext,
  ): Promise<NewShop> {
    requireOperator(viewer);
    return openShop(db, { name, currency });
  }

  @Mutation(() => NewShopKey, {
    description: 'Makes a key of any shop. Wants the control token of this server, as `npm run shop` has it.',
  })
  createShopKey(
    @Arg('shop', () => String, {
      nullable: true,
      description: 'Its name, or its id where several have that name; without it, the first shop.',
    })
    shop: string | null | undefined,
    @Arg('admin', () => Boolean, {
      defaultValue: false,
      description: "Whether it is to be an admin's key, and not a merchandiser's.",
    })
    admin: boolean,
    @Ctx() { db, viewer }: ShopContext,
  ): Promise<NewShopKey> {
    requireMachine(viewer);
    return makeShopKey(db, { shop: shop ?? null, admin });
  }

  @FieldResolver(() => Int, {
    complexity: 50,
    description: "Those that can be found, or whose parsing is still to come; all for a merchandiser's key.",
  })
  async itemCount(@Root() { id }: Shop, @Ctx() { loaders }: ShopContext): Promise<number> {
    return (await loaders.itemCounts.load(id)).itemCount;
  }

  @FieldResolver(() => Int, { complexity: 50, description: 'Items whose parsing is still to come.' })
  async pendingCount(@Root() { id }: Shop, @Ctx() { loaders }: ShopContext): Promise<number> {
    return (await loaders.itemCounts.load(id)).pendingCount;
  }

  @FieldResolver(() => [CategoryCount], {
    complexity: listCost({ own: WHOLE_SHOP_COST }),
    description: 'How many items of each category can be found.',
  })
  categories(@Root() { id }: Shop, @Ctx() { db }: ShopContext): Promise<CategoryCount[]> {
    return db.inShop(id, (tx) => countCategories(tx, id));
  }

  @FieldResolver(() => [String], {
    complexity: listCost({ own: WHOLE_SHOP_COST }),
    description: 'The 100 commonest.',
  })
  colors(@Root() { id }: Shop, @Ctx() { db, viewer }: ShopContext): Promise<string[]> {
    const all = hasRole(viewer, 'merchandiser');
    return db.inShop(id, (tx) => listValues(tx, id, 'color', { all, limit: MAX_COLORS }));
  }

  @FieldResolver(() => [String], {
    complexity: listCost({ own: WHOLE_SHOP_COST }),
    description: 'The 200 commonest.',
  })
  brands(@Root() { id }: Shop, @Ctx() { db, viewer }: ShopContext): Promise<string[]> {
    const all = hasRole(viewer, 'merchandiser');
    return db.inShop(id, (tx) => listValues(tx, id, 'brand', { all, limit: MAX_BRANDS }));
  }
}
