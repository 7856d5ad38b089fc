import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireRole } from '../access/viewer.ts';
import { Item, toItem } from '../catalogue/items/item.type.ts';
import { checkFirst, MAX_PAGE } from '../graphql/connection.ts';
import { pageCost, WHOLE_SHOP_COST } from '../graphql/cost.ts';
import { LocalDate } from '../graphql/scalars.ts';
import { AttentionResolver } from './attention.resolver.ts';
import { checkEvents } from './check-events.ts';
import type { InsightsContext } from './context.ts';
import { EventInput } from './event.type.ts';
import { Insights, ItemInsight, ItemSample, MissedSearch } from './insights.type.ts';
import { countNeverFound, listMisses, listNeverFound, listTopItems } from './read.sql.ts';
import { readInsights } from './read-insights.ts';
import { sampleItems } from './sample-items.ts';

const FIRST = { description: 'How many, from 1 to 100.' } as const;

@Resolver(() => Insights)
export class InsightsResolver {
  @Mutation(() => Int, {
    description:
      'Reports what visitors did, 1 to 100 events at a time. Returns the number of events taken. They are written ' +
      'within seconds; those with an unknown item are then dropped and counted in `insights.totals.unknownItems`. ' +
      'Works with any key that may search, and without a key. Errors: TOO_MANY_EVENTS, RATE_LIMITED, BUSY.',
  })
  async recordEvents(
    @Arg('events', () => [EventInput], { description: 'What happened, in any order.' }) events: EventInput[],
    @Ctx() { recorder, limiter, viewer }: InsightsContext,
  ): Promise<number> {
    const checked = checkEvents(events);
    await limiter.check('event', viewer, checked.length);
    recorder.events(viewer, checked);
    return checked.length;
  }

  @Query(() => Insights, {
    complexity: WHOLE_SHOP_COST,
    description:
      'What shoppers did in a period of at most 400 days, which is how long counts are kept. Requires a ' +
      'merchandiser or admin key.',
  })
  async insights(
    @Arg('from', () => LocalDate, { description: 'First day, in UTC.' }) from: string,
    @Arg('to', () => LocalDate, { description: 'Last day, in UTC.' }) to: string,
    @Arg('source', () => ID, {
      nullable: true,
      description: 'Only what came by this source: the id of a key, or "pages" for requests without a key.',
    })
    source: string | null,
    @Ctx() context: InsightsContext,
  ): Promise<Insights> {
    requireRole(context.viewer, 'merchandiser');
    return readInsights(context, { from, to, source });
  }

  @FieldResolver(() => [ItemInsight], {
    complexity: pageCost(MAX_PAGE, WHOLE_SHOP_COST),
    description:
      'Items that were opened, clicked and added most. Of days before today, the 100 leading items of each source ' +
      'are kept.',
  })
  topItems(
    @Root() { from, to, source }: Insights,
    @Arg('first', () => Int, { defaultValue: 20, ...FIRST }) first: number,
    @Ctx() { db, shopId }: InsightsContext,
  ): Promise<ItemInsight[]> {
    const limit = checkFirst(first);
    return db.inShop(shopId, (tx) => listTopItems(tx, { shopId, from, to, source, limit }));
  }

  @FieldResolver(() => [MissedSearch], {
    complexity: pageCost(MAX_PAGE),
    description:
      "Searches with a shopper's garment that found nothing, or nothing close, the newest first. They are deleted " +
      'together with the photo.',
  })
  missedSearches(
    @Root() { from, to, source }: Insights,
    @Arg('first', () => Int, { defaultValue: 24, ...FIRST }) first: number,
    @Ctx() { db, shopId }: InsightsContext,
  ): Promise<MissedSearch[]> {
    const limit = checkFirst(first);
    return db.inShop(shopId, (tx) => listMisses(tx, { shopId, from, to, source, limit }));
  }

  @FieldResolver(() => ItemSample, {
    complexity: pageCost(MAX_PAGE, WHOLE_SHOP_COST),
    description:
      'Items that shoppers may see and that no search has found since the first day, by any source. The oldest ' +
      'come first.',
  })
  neverFound(
    @Root() { from }: Insights,
    @Arg('first', () => Int, { defaultValue: 24, ...FIRST }) first: number,
    @Ctx() context: InsightsContext,
  ): Promise<ItemSample> {
    const { shopId } = context;
    return sampleItems(context, first, {
      list: (tx, limit) => listNeverFound(tx, { shopId, from, limit }),
      count: (tx, most) => countNeverFound(tx, { shopId, from, most }),
    });
  }
}

@Resolver(() => ItemInsight)
export class ItemInsightResolver {
  @FieldResolver(() => Item, { nullable: true, description: 'The item. Null if it has just been deleted.' })
  async item(@Root() { itemId }: ItemInsight, @Ctx() { loaders }: InsightsContext): Promise<Item | null> {
    const row = await loaders.item.load(itemId);
    return row && toItem(row);
  }
}

@Resolver(() => MissedSearch)
export class MissedSearchResolver {
  @FieldResolver(() => String, { description: 'Address of the garment, cut out of the photo (WebP).' })
  cropUrl(
    @Root() { garmentId }: MissedSearch,
    @Arg('width', () => Int, { nullable: true, description: 'Maximum width in pixels.' }) width:
      | number
      | null,
    @Ctx() { links, shopId }: InsightsContext,
  ): string {
    return links.crop(shopId, garmentId, width);
  }
}

export const insightsResolvers = [
  AttentionResolver,
  InsightsResolver,
  ItemInsightResolver,
  MissedSearchResolver,
] as const;
