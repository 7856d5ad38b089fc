import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { hasRole, requireRole } from '../../access/viewer.ts';
import { Item, toItem } from '../../catalogue/items/item.type.ts';
import { MAX_LOOK_ITEMS } from '../../catalogue/looks/feed-looks.sql.ts';
import { listCost, WORK_COST } from '../../graphql/cost.ts';
import type { LookContext } from './context.ts';
import { getLook, listLookPage } from './list-looks.ts';
import { MAX_LOOKS_OF_ITEM } from './loaders.ts';
import { Look, LookConnection, LookInput, LookSource, LooksResult, toLook } from './look.type.ts';
import { problemOf } from './problem.ts';
import { removeLooks } from './remove-looks.ts';
import { upsertLooks } from './upsert-looks.ts';

const KEY = 'Requires a merchandiser or admin key.';
const FOR_SHOPPERS = 'Shoppers see only looks of which at least two items can be bought.';

@Resolver(() => Look)
export class LookResolver {
  @Query(() => LookConnection, {
    complexity: 50,
    description: `The shop's looks, newest first. ${FOR_SHOPPERS}`,
  })
  async looks(
    @Arg('first', () => Int, { defaultValue: 24, description: 'Page size, from 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the previous page.' })
    after: string | null,
    @Arg('words', () => String, {
      nullable: true,
      description:
        "Words of the look's name, its id or its items' titles: all of them, in any order, in upper or lower case.",
    })
    words: string | null,
    @Ctx() context: LookContext,
  ): Promise<LookConnection> {
    return listLookPage(context, { first, after, words });
  }

  @Query(() => Look, {
    nullable: true,
    complexity: 20,
    description: `The look with this id, or null if there is none. ${FOR_SHOPPERS}`,
  })
  async look(
    @Arg('id', () => ID, { description: 'Id of the look.' }) id: string,
    @Ctx() context: LookContext,
  ): Promise<Look | null> {
    const row = await getLook(context, id);
    return row && toLook(row);
  }

  @Mutation(() => LooksResult, {
    complexity: WORK_COST,
    description:
      'Makes or replaces up to 500 looks. Saves those that are right and lists the others in `errors`. A look that ' +
      'was removed is restored by saving it again. A look that is saved here no longer follows the feed, unless it is ' +
      `saved just as the feed has it. ${KEY}`,
  })
  async upsertLooks(
    @Arg('looks', () => [LookInput], { description: 'From 1 to 500 looks.' }) looks: LookInput[],
    @Arg('source', () => LookSource, {
      defaultValue: LookSource.API,
      description: 'API or STUDIO: where the looks come from.',
    })
    source: LookSource,
    @Ctx() context: LookContext,
  ): Promise<LooksResult> {
    requireRole(context.viewer, 'merchandiser');
    return upsertLooks(context, looks, source);
  }

  @Mutation(() => [Look], {
    complexity: listCost({ own: WORK_COST }),
    description:
      'Removes up to 500 looks, and returns those that existed with the items that the shop still has, so that ' +
      '`upsertLooks` can restore them. ' +
      `The feed does not bring a removed look back. ${KEY}`,
  })
  async removeLooks(
    @Arg('ids', () => [ID], { description: 'From 1 to 500 ids of looks.' }) ids: string[],
    @Ctx() context: LookContext,
  ): Promise<Look[]> {
    requireRole(context.viewer, 'merchandiser');
    return (await removeLooks(context, ids)).map((row) => toLook(row, row.itemIds));
  }

  @FieldResolver(() => [Item], {
    complexity: listCost({ length: MAX_LOOK_ITEMS }),
    description: 'Its items in order, without those that were deleted or that the viewer cannot see.',
  })
  async items(@Root() { id, itemIds }: Look, @Ctx() { loaders, viewer }: LookContext): Promise<Item[]> {
    const all = hasRole(viewer, 'merchandiser');
    const rows = itemIds ? [] : await loaders.itemsOfLook.load(id);
    const ids = itemIds ?? rows.filter((row) => all || (row.shown && row.allowed)).map((row) => row.itemId);
    const items = await Promise.all(ids.map((itemId) => loaders.item.load(itemId)));
    return items.flatMap((row) => (row ? [toItem(row)] : []));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Which of its items cannot be shown and why, and whether shoppers see the look. Null if there is no problem. ' +
      'Only merchandisers and admins see it.',
  })
  async problem(
    @Root() { row, itemIds }: Look,
    @Ctx() { loaders, viewer }: LookContext,
  ): Promise<string | null> {
    if (!hasRole(viewer, 'merchandiser') || itemIds) return null;
    return problemOf(row, await loaders.itemsOfLook.load(row.id));
  }
}

@Resolver(() => Item)
export class ItemLookResolver {
  @FieldResolver(() => [Look], {
    complexity: listCost({ length: MAX_LOOKS_OF_ITEM }),
    description: `The looks that the item is in, newest first, at most ${MAX_LOOKS_OF_ITEM}. ${FOR_SHOPPERS}`,
  })
  async looks(@Root() { id }: Item, @Ctx() { loaders }: LookContext): Promise<Look[]> {
    return (await loaders.looksOfItem.load(id)).map((row) => toLook(row));
  }
}

export const lookResolvers = [LookResolver, ItemLookResolver] as const;
