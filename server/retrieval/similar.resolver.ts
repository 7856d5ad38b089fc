import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { CatalogueContext } from '../catalogue/context.ts';
import { Item } from '../catalogue/items/item.type.ts';
import { Garment } from '../garments/garment.type.ts';
import { SEARCH_COST } from '../graphql/cost.ts';
import { MatchCount, SimilarFacets, toFacets } from './facets.type.ts';
import { Reason } from './reason.type.ts';
import { SimilarArgs } from './similar.args.ts';
import { findSimilarItems } from './similar.ts';
import { SimilarItem, SimilarItemConnection, toSimilarItems } from './similar-item.type.ts';
import { SimilarTo } from './similar-to.type.ts';

@Resolver()
export class SimilarResolver {
  @Query(() => SimilarItemConnection, {
    complexity: SEARCH_COST,
    description:
      'Items of the shop whose primary garments look most like this garment, or like the primary garment of this ' +
      'item, the most alike first. The matches end where their score falls below the cutoff. An item that is ' +
      'still to be parsed has none.',
  })
  async similarItems(
    @Arg('to', () => SimilarTo) to: SimilarTo,
    @Args(() => SimilarArgs) page: SimilarArgs,
    @Ctx() context: CatalogueContext,
  ): Promise<SimilarItemConnection> {
    return toSimilarItems(context, await findSimilarItems(context, to, page));
  }
}

@Resolver(() => Garment)
export class SimilarToGarmentResolver {
  @FieldResolver(() => SimilarItemConnection, { complexity: SEARCH_COST })
  async similarItems(
    @Root() { id }: Garment,
    @Args(() => SimilarArgs) page: SimilarArgs,
    @Ctx() context: CatalogueContext,
  ): Promise<SimilarItemConnection> {
    return toSimilarItems(context, await findSimilarItems(context, { garmentId: id }, page));
  }
}

@Resolver(() => Item)
export class SimilarToItemResolver {
  @FieldResolver(() => SimilarItemConnection, { complexity: SEARCH_COST })
  async similarItems(
    @Root() { id }: Item,
    @Args(() => SimilarArgs) page: SimilarArgs,
    @Ctx() context: CatalogueContext,
  ): Promise<SimilarItemConnection> {
    return toSimilarItems(context, await findSimilarItems(context, { itemId: id }, page));
  }
}

@Resolver(() => SimilarItem)
export class SimilarItemResolver {
  @FieldResolver(() => Reason, {
    nullable: true,
    description: 'Why the item matches, part by part; null where it is gone since it was found.',
  })
  reason(@Root() match: SimilarItem): Promise<Reason | null> {
    return match.explain();
  }

  @FieldResolver(() => Int, {
    description: 'How many ready items the shop has of its group, itself included; 1 where it is in none.',
  })
  async variantCount(@Root() { item }: SimilarItem, @Ctx() { loaders }: CatalogueContext): Promise<number> {
    return (await loaders.variantCount.load(item.id))?.count ?? 1;
  }
}

/** One for each facet that is chosen in the filter, and one for all others: so many at the usual. */
const FACETS_ARE_SEARCHES = 3;

@Resolver(() => SimilarItemConnection)
export class SimilarCountsResolver {
  @FieldResolver(() => SimilarFacets, {
    complexity: 350,
    description: 'What the matches of all pages have; costs several searches.',
  })
  async facets(
    @Root() { counts }: SimilarItemConnection,
    @Ctx() { limiter, viewer }: CatalogueContext,
  ): Promise<SimilarFacets> {
    await limiter.check('search', viewer, FACETS_ARE_SEARCHES);
    return toFacets(await counts.facets());
  }

  @FieldResolver(() => MatchCount, {
    complexity: 75,
    description: 'How many matches there are over all pages; costs a search.',
  })
  async matchCount(
    @Root() { counts }: SimilarItemConnection,
    @Ctx() { limiter, viewer }: CatalogueContext,
  ): Promise<MatchCount> {
    await limiter.check('search', viewer);
    return counts.matchCount();
  }
}

export const retrievalResolvers = [
  SimilarResolver,
  SimilarToGarmentResolver,
  SimilarToItemResolver,
  SimilarItemResolver,
  SimilarCountsResolver,
] as const;
