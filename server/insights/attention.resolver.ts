import { Arg, Ctx, FieldResolver, Int, Query, Resolver } from 'type-graphql';
import { requireRole } from '../access/viewer.ts';
import { MAX_PAGE } from '../graphql/connection.ts';
import { pageCost, WHOLE_SHOP_COST } from '../graphql/cost.ts';
import { countHidden, countMissedSearches, type HiddenKind, listHidden } from './attention.sql.ts';
import { Attention } from './attention.type.ts';
import type { InsightsContext } from './context.ts';
import { ItemSample } from './insights.type.ts';
import { dayOf } from './kinds.ts';
import { sampleItems } from './sample-items.ts';

const DAYS = 7;
const FIRST = { defaultValue: 12, description: 'How many, from 1 to 100.' } as const;
const COST = pageCost(MAX_PAGE, WHOLE_SHOP_COST);

@Resolver(() => Attention)
export class AttentionResolver {
  @Query(() => Attention, {
    description: "What the shop's staff should look at. Requires a merchandiser or admin key.",
  })
  async attention(@Ctx() { db, shopId, viewer }: InsightsContext): Promise<Attention> {
    requireRole(viewer, 'merchandiser');
    const since = dayOf(Date.now(), DAYS - 1);
    return { missedSearches: await db.inShop(shopId, (tx) => countMissedSearches(tx, shopId, since)) };
  }

  @FieldResolver(() => ItemSample, {
    complexity: COST,
    description: 'Items that could not be read, the last that changed first.',
  })
  failedItems(
    @Arg('first', () => Int, FIRST) first: number,
    @Ctx() context: InsightsContext,
  ): Promise<ItemSample> {
    return sampleHidden(context, 'failed', first);
  }

  @FieldResolver(() => ItemSample, {
    complexity: COST,
    description: 'Items that are kept without being matched, such as goods that are no garments.',
  })
  unmatchedItems(
    @Arg('first', () => Int, FIRST) first: number,
    @Ctx() context: InsightsContext,
  ): Promise<ItemSample> {
    return sampleHidden(context, 'unmatched', first);
  }
}

function sampleHidden(context: InsightsContext, kind: HiddenKind, first: number): Promise<ItemSample> {
  const { shopId } = context;
  return sampleItems(context, first, {
    list: (tx, limit) => listHidden(tx, { shopId, kind, limit }),
    count: (tx, most) => countHidden(tx, { shopId, kind, most }),
  });
}
