import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Item } from '../catalogue/item.type.ts';
import type { Context } from '../context.ts';
import { Garment } from '../photos/garment.type.ts';
import { ItemPageArgs } from './page.args.ts';
import { findSimilarItems } from './similar.ts';
import { SimilarItemConnection, SimilarTo, toSimilarItems } from './similar-item.type.ts';

@Resolver()
export class SimilarResolver {
  @Query(() => SimilarItemConnection, {
    description:
      'Items of the shop whose primary garments look most like this garment, or like the primary garment of this ' +
      'item, the most alike first. An item that is still to be parsed has none.',
  })
  async similarItems(
    @Arg('to', () => SimilarTo) to: SimilarTo,
    @Args(() => ItemPageArgs) page: ItemPageArgs,
    @Ctx() context: Context,
  ): Promise<SimilarItemConnection> {
    return toSimilarItems(context, await findSimilarItems(context, to, page));
  }
}

@Resolver(() => Garment)
export class SimilarToGarmentResolver {
  @FieldResolver(() => SimilarItemConnection)
  async similarItems(
    @Root() { id }: Garment,
    @Args(() => ItemPageArgs) page: ItemPageArgs,
    @Ctx() context: Context,
  ): Promise<SimilarItemConnection> {
    return toSimilarItems(context, await findSimilarItems(context, { garmentId: id }, page));
  }
}

@Resolver(() => Item)
export class SimilarToItemResolver {
  @FieldResolver(() => SimilarItemConnection)
  async similarItems(
    @Root() { id }: Item,
    @Args(() => ItemPageArgs) page: ItemPageArgs,
    @Ctx() context: Context,
  ): Promise<SimilarItemConnection> {
    return toSimilarItems(context, await findSimilarItems(context, { itemId: id }, page));
  }
}

export const retrievalResolvers = [SimilarResolver, SimilarToGarmentResolver, SimilarToItemResolver] as const;
