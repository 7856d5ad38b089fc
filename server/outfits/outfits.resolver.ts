import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { CatalogueContext } from '../catalogue/context.ts';
import { Item } from '../catalogue/items/item.type.ts';
import { Garment } from '../garments/garment.type.ts';
import { SEARCH_COST } from '../graphql/cost.ts';
import { Outfit, OutfitList } from './outfit.type.ts';
import { OutfitsArgs } from './outfits.args.ts';
import { OutfitsTo } from './outfits-to.type.ts';
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
    @Arg('to', () => OutfitsTo, { description: 'What the outfits should be built around.' }) _to: OutfitsTo,
    @Args(() => OutfitsArgs) _args: OutfitsArgs,
    @Ctx() _context: CatalogueContext,
  ): Promise<OutfitList> {
    throw new Error('To come.');
  }

  @Query(() => Outfit, {
    nullable: true,
    complexity: SEARCH_COST,
    description: 'An outfit by its id, with current prices and stock. Null if nothing of it is left.',
  })
  async outfit(
    @Arg('id', () => ID, { description: '`Outfit.id`.' }) _id: string,
    @Ctx() _context: CatalogueContext,
  ): Promise<Outfit | null> {
    throw new Error('To come.');
  }

  @Query(() => SwapConnection, {
    complexity: SEARCH_COST,
    description: 'Other items for one slot of an outfit, those that go best with its other pieces first.',
  })
  async swap(
    @Args(() => SwapArgs) _args: SwapArgs,
    @Ctx() _context: CatalogueContext,
  ): Promise<SwapConnection> {
    throw new Error('To come.');
  }
}

@Resolver(() => Garment)
export class GarmentOutfitsResolver {
  @FieldResolver(() => OutfitList, {
    complexity: OUTFITS_COST,
    description: 'Outfits around this garment, or a reason why there are none.',
  })
  async outfits(
    @Root() _garment: Garment,
    @Args(() => OutfitsArgs) _args: OutfitsArgs,
    @Ctx() _context: CatalogueContext,
  ): Promise<OutfitList> {
    throw new Error('To come.');
  }
}

@Resolver(() => Item)
export class ItemOutfitsResolver {
  @FieldResolver(() => OutfitList, {
    complexity: OUTFITS_COST,
    description: 'Outfits around this item, or a reason why there are none.',
  })
  async outfits(
    @Root() _item: Item,
    @Args(() => OutfitsArgs) _args: OutfitsArgs,
    @Ctx() _context: CatalogueContext,
  ): Promise<OutfitList> {
    throw new Error('To come.');
  }
}

export const outfitResolvers = [OutfitsResolver, GarmentOutfitsResolver, ItemOutfitsResolver] as const;
