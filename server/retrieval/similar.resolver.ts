import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { CatalogueContext } from '../catalogue/context.ts';
import { Item } from '../catalogue/items/item.type.ts';
import { Garment } from '../garments/garment.type.ts';
import { SEARCH_COST } from '../graphql/cost.ts';
import { type Closeness as CloseWord, closenessOf } from './closeness.ts';
import { Closeness } from './closeness.type.ts';
import { MatchCount, SimilarFacets, toFacets } from './facets.type.ts';
import { Reason } from './reason.type.ts';
import { searchForShopper } from './search-for-shopper.ts';
import { SimilarArgs } from './similar.args.ts';
import { SimilarItem, SimilarItemConnection } from './similar-item.type.ts';
import { SimilarTo } from './similar-to.type.ts';

@Resolver()
export class SimilarResolver {
  @Query(() => SimilarItemConnection, {
    complexity: SEARCH_COST,
    description:
      'Items of the shop that look most like a garment, or like the primary garment of an item, most ' +
      'similar first. Matches end at the cutoff. An item that is not parsed yet has none.',
  })
  async similarItems(
    @Arg('to', () => SimilarTo, { description: 'What to search with.' }) to: SimilarTo,
    @Args(() => SimilarArgs) page: SimilarArgs,
    @Ctx() context: CatalogueContext,
  ): Promise<SimilarItemConnection> {
    return searchForShopper(context, to, page);
  }
}

@Resolver(() => Garment)
export class SimilarToGarmentResolver {
  @FieldResolver(() => SimilarItemConnection, {
    complexity: SEARCH_COST,
    description: 'Items of the shop that look most like this garment, most similar first.',
  })
  async similarItems(
    @Root() { id }: Garment,
    @Args(() => SimilarArgs) page: SimilarArgs,
    @Ctx() context: CatalogueContext,
  ): Promise<SimilarItemConnection> {
    return searchForShopper(context, { garmentId: id }, page);
  }
}

@Resolver(() => Item)
export class SimilarToItemResolver {
  @FieldResolver(() => SimilarItemConnection, {
    complexity: SEARCH_COST,
    description: "Items of the shop that look most like this item's primary garment, most similar first.",
  })
  async similarItems(
    @Root() { id }: Item,
    @Args(() => SimilarArgs) page: SimilarArgs,
    @Ctx() context: CatalogueContext,
  ): Promise<SimilarItemConnection> {
    return searchForShopper(context, { itemId: id }, page);
  }
}

async function closenessTo({ score, explain }: SimilarItem): Promise<CloseWord> {
  const reason = await explain();
  return reason ? closenessOf(score, reason) : 'distant';
}

@Resolver(() => SimilarItem)
export class SimilarItemResolver {
  @FieldResolver(() => Reason, {
    nullable: true,
    description: 'Why the item matches, part by part. Null if the item has been deleted since it was found.',
  })
  reason(@Root() match: SimilarItem): Promise<Reason | null> {
    return match.explain();
  }

  @FieldResolver(() => Closeness, {
    description: 'How close the match is, at a glance. It claims no colour or cut that `reason` does not.',
  })
  closeness(@Root() match: SimilarItem): Promise<CloseWord> {
    return closenessTo(match);
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether to list it apart from the matches that are close, as the pages do: it is distant, and the shop has not ' +
      'given it its position.',
  })
  async isApart(@Root() match: SimilarItem): Promise<boolean> {
    return !match.isPinned && (await closenessTo(match)) === 'distant';
  }

  @FieldResolver(() => Int, {
    description: 'Number of ready items in its item group, including itself. 1 if it is in no group.',
  })
  async variantCount(@Root() { item }: SimilarItem, @Ctx() { loaders }: CatalogueContext): Promise<number> {
    return (await loaders.variantCount.load(item.id))?.count ?? 1;
  }
}

/** What facets count as at least: two chosen filters, each counted without its own, and all others together. */
const LEAST_SEARCHES = 3;

@Resolver(() => SimilarItemConnection)
export class SimilarCountsResolver {
  @FieldResolver(() => SimilarFacets, {
    complexity: 350,
    description:
      'Values that all matches can be filtered by. Counts as three searches towards the rate limit, and from the third ' +
      'chosen filter on as one more for each.',
  })
  async facets(
    @Root() { counts }: SimilarItemConnection,
    @Ctx() { limiter, viewer }: CatalogueContext,
  ): Promise<SimilarFacets> {
    await limiter.check('search', viewer, Math.max(LEAST_SEARCHES, counts.searches));
    return toFacets(await counts.facets());
  }

  @FieldResolver(() => MatchCount, {
    complexity: 75,
    description:
      'Number of matches over all pages, without pins below the cutoff. Counts as one search towards the rate limit.',
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
