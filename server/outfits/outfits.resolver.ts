import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { CatalogueContext } from '../catalogue/context.ts';
import { Item } from '../catalogue/items/item.type.ts';
import { Garment } from '../garments/garment.type.ts';
import { SEARCH_COST } from '../graphql/cost.ts';
import { checkOutfitsTarget } from './check-ask.ts';
import { listOutfits } from './list-outfits.ts';
import { listSwaps } from './list-swaps.ts';
import { Outfit, OutfitList } from './outfit.type.ts';
import { OutfitsArgs } from './outfits.args.ts';
import { OutfitsTo } from './outfits-to.type.ts';
import { restoreOutfit } from './restore.ts';
import { showOutfits } from './show-outfits.ts';
import { SwapArgs, SwapConnection } from './swap.type.ts';

/** One search for each slot, usually three. */
const OUTFITS_COST = 3 * SEARCH_COST;

@Resolver()
export class OutfitsResolver {
  @Query(() => OutfitList, {
    complexity: OUTFITS_COST,
    description:
      'Outfits around a garment, an item or what the person in a photo wears, or a reason why there are none.',
  })
  async outfits(
    @Arg('to', () => OutfitsTo, { description: 'What the outfits should be built around.' }) to: OutfitsTo,
    @Args(() => OutfitsArgs) args: OutfitsArgs,
    @Ctx() context: CatalogueContext,
  ): Promise<OutfitList> {
    return listOutfits(context, checkOutfitsTarget(to), args);
  }

  @Query(() => Outfit, {
    nullable: true,
    complexity: SEARCH_COST,
    description: 'An outfit by its id, with current prices and stock. Null if nothing of it is left.',
  })
  async outfit(
    @Arg('id', () => ID, { description: '`Outfit.id`.' }) id: string,
    @Arg('without', () => [String], { nullable: true, description: 'Names of slots to leave out.' })
    without: string[] | null,
    @Ctx() context: CatalogueContext,
  ): Promise<Outfit | null> {
    const restored = await restoreOutfit(context, id, without ?? []);
    if (!restored) return null;
    return (await showOutfits(context, [restored.outfit], restored.shopCurrency))[0] ?? null;
  }

  @Query(() => SwapConnection, {
    complexity: SEARCH_COST,
    description: 'Other items for one slot of an outfit, those that go best with its other pieces first.',
  })
  async swap(
    @Args(() => SwapArgs) args: SwapArgs,
    @Ctx() context: CatalogueContext,
  ): Promise<SwapConnection> {
    return listSwaps(context, args);
  }
}

@Resolver(() => Garment)
export class GarmentOutfitsResolver {
  @FieldResolver(() => OutfitList, {
    complexity: OUTFITS_COST,
    description: 'Outfits around this garment, or a reason why there are none.',
  })
  async outfits(
    @Root() { id }: Garment,
    @Args(() => OutfitsArgs) args: OutfitsArgs,
    @Ctx() context: CatalogueContext,
  ): Promise<OutfitList> {
    return listOutfits(context, { kind: 'garment', id }, args);
  }
}

@Resolver(() => Item)
export class ItemOutfitsResolver {
  @FieldResolver(() => OutfitList, {
    complexity: OUTFITS_COST,
    description: 'Outfits around this item, or a reason why there are none.',
  })
  async outfits(
    @Root() { id }: Item,
    @Args(() => OutfitsArgs) args: OutfitsArgs,
    @Ctx() context: CatalogueContext,
  ): Promise<OutfitList> {
    return listOutfits(context, { kind: 'item', id }, args);
  }
}

export const outfitResolvers = [OutfitsResolver, GarmentOutfitsResolver, ItemOutfitsResolver] as const;
