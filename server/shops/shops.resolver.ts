import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireMachine, requireOperator, requireRole } from '../access/viewer.ts';
import type { Database, Queryable } from '../db/database.ts';
import { NotFoundError } from '../errors/errors.ts';
import { listCost, WHOLE_SHOP_COST } from '../graphql/cost.ts';
import { Language, type LanguageTag } from '../vocabulary/language.ts';
import type { ShopContext } from './context.ts';
import { checkShopName, openShop } from './create-shop.ts';
import { makeShopKey } from './make-shop-key.ts';
import { CategoryCount, NewShop, NewShopKey, Shop } from './shop.type.ts';
import { findShop, renameShop, setLanguage } from './shops.sql.ts';

@Resolver(() => Shop)
export class ShopResolver {
  @Query(() => Shop, {
    description: "The shop that the request's key belongs to, or the default shop without a key.",
  })
  async shop(@Ctx() { loaders, shopId }: ShopContext): Promise<Shop> {
    const shop = await loaders.shop.load(shopId);
    if (!shop) throw new NotFoundError('The shop no longer exists.');
    return shop;
  }

  @Mutation(() => NewShop, {
    description:
      'Opens a shop and makes its first admin key. Requires an admin key of the first shop, or the control ' +
      'token of this server.',
  })
  createShop(
    @Arg('name', () => String, { description: 'From 1 to 100 characters.' }) name: string,
    @Arg('currency', () => String, { defaultValue: 'EUR', description: 'ISO 4217 code, such as EUR.' })
    currency: string,
    @Ctx() { db, viewer }: ShopContext,
  ): Promise<NewShop> {
    requireOperator(viewer);
    return openShop(db, { name, currency });
  }

  @Mutation(() => NewShopKey, {
    description:
      "Makes a key for any shop. Requires the control token in the server's `server.json`, which `npm run shop` uses.",
  })
  createShopKey(
    @Arg('shop', () => String, {
      nullable: true,
      description: 'Name of the shop, or its id if several have that name. The first shop if omitted.',
    })
    shop: string | null | undefined,
    @Arg('admin', () => Boolean, {
      defaultValue: false,
      description: 'Make an admin key instead of a merchandiser key.',
    })
    admin: boolean,
    @Ctx() { db, viewer }: ShopContext,
  ): Promise<NewShopKey> {
    requireMachine(viewer);
    return makeShopKey(db, { shop: shop ?? null, admin });
  }

  @Mutation(() => Shop, { description: 'Renames the shop. Requires an admin key.' })
  async renameShop(
    @Arg('name', () => String, { description: 'From 1 to 100 characters.' }) name: string,
    @Ctx() { db, shopId, viewer }: ShopContext,
  ): Promise<Shop> {
    requireRole(viewer, 'admin');
    const checked = checkShopName(name);
    return changeShop(db, shopId, (tx) => renameShop(tx, shopId, checked));
  }

  @Mutation(() => Shop, {
    description: "Chooses the language of the shoppers' pages. Requires an admin key.",
  })
  async setShopLanguage(
    @Arg('language', () => Language, {
      nullable: true,
      description: "Null or omitted: the browser's language, if it is one of these, else English.",
    })
    language: LanguageTag | null | undefined,
    @Ctx() { db, shopId, viewer }: ShopContext,
  ): Promise<Shop> {
    requireRole(viewer, 'admin');
    return changeShop(db, shopId, (tx) => setLanguage(tx, shopId, language ?? null));
  }

  @FieldResolver(() => Int, {
    complexity: 50,
    description: "Number of the demo's drawn items that the shop still has.",
  })
  drawnItemCount(@Root() { id }: Shop, @Ctx() { loaders }: ShopContext): Promise<number> {
    return loaders.drawnItemCount.load(id);
  }

  @FieldResolver(() => Int, {
    complexity: 50,
    description:
      'Number of items that can be found or are still to be parsed. Merchandisers and admins count all ' +
      'items.',
  })
  async itemCount(@Root() { id }: Shop, @Ctx() { loaders }: ShopContext): Promise<number> {
    return (await loaders.itemCounts.load(id)).itemCount;
  }

  @FieldResolver(() => Int, { complexity: 50, description: 'Number of items still to be parsed.' })
  async pendingCount(@Root() { id }: Shop, @Ctx() { loaders }: ShopContext): Promise<number> {
    return (await loaders.itemCounts.load(id)).pendingCount;
  }

  @FieldResolver(() => [CategoryCount], {
    complexity: listCost({ own: WHOLE_SHOP_COST }),
    description: 'Number of items that can be found in each category.',
  })
  categories(@Root() { id }: Shop, @Ctx() { loaders }: ShopContext): Promise<CategoryCount[]> {
    return loaders.categoriesOfShop.load(id);
  }

  @FieldResolver(() => [String], {
    complexity: listCost({ own: WHOLE_SHOP_COST }),
    description: 'The 100 most frequent colours.',
  })
  colors(@Root() { id }: Shop, @Ctx() { loaders }: ShopContext): Promise<string[]> {
    return loaders.colorsOfShop.load(id);
  }

  @FieldResolver(() => [String], {
    complexity: listCost({ own: WHOLE_SHOP_COST }),
    description: 'The 200 most frequent brands.',
  })
  brands(@Root() { id }: Shop, @Ctx() { loaders }: ShopContext): Promise<string[]> {
    return loaders.brandsOfShop.load(id);
  }
}

/** The shop's own database role may read its row but not write it. Throws NotFoundError. */
async function changeShop(
  db: Database,
  shopId: string,
  change: (tx: Queryable) => Promise<unknown>,
): Promise<Shop> {
  const shop = await db.asOwner(async (tx) => {
    await change(tx);
    return findShop(tx, shopId);
  });
  if (!shop) throw new NotFoundError('The shop no longer exists.');
  return shop;
}
