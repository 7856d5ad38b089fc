import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import type { CatalogueContext } from '../../catalogue/context.ts';
import { Item } from '../../catalogue/items/item.type.ts';
import { listCost, WORK_COST } from '../../graphql/cost.ts';
import { Look, LookConnection, LookInput, LookSource, LooksResult } from './look.type.ts';

const KEY = 'Requires a merchandiser or admin key.';
const FOR_SHOPPERS = 'Shoppers see only looks of which at least two items can be bought.';

@Resolver(() => Look)
export class LookResolver {
  @Query(() => LookConnection, {
    complexity: 50,
    description: `The shop's looks, newest first. ${FOR_SHOPPERS}`,
  })
  async looks(
    @Arg('first', () => Int, { defaultValue: 24, description: 'Page size, from 1 to 100.' }) _first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the previous page.' })
    _after: string | null,
    @Arg('words', () => String, {
      nullable: true,
      description:
        "Words of the look's name, its id or its items' titles: all of them, in any order, in upper or lower case.",
    })
    _words: string | null,
    @Ctx() _context: CatalogueContext,
  ): Promise<LookConnection> {
    throw new Error('To come.');
  }

  @Query(() => Look, {
    nullable: true,
    complexity: 20,
    description: `The look with this id, or null if there is none. ${FOR_SHOPPERS}`,
  })
  async look(
    @Arg('id', () => ID, { description: 'Id of the look.' }) _id: string,
    @Ctx() _context: CatalogueContext,
  ): Promise<Look | null> {
    throw new Error('To come.');
  }

  @Mutation(() => LooksResult, {
    complexity: WORK_COST,
    description:
      'Makes or replaces up to 500 looks. Saves those that are right and lists the others in `errors`. A look that ' +
      'was removed is restored by saving it again. A look that is saved here no longer follows the feed, unless it is ' +
      `saved just as the feed has it. ${KEY}`,
  })
  async upsertLooks(
    @Arg('looks', () => [LookInput], { description: 'From 1 to 500 looks.' }) _looks: LookInput[],
    @Arg('source', () => LookSource, {
      defaultValue: LookSource.API,
      description: 'API or STUDIO: where the looks come from.',
    })
    _source: LookSource,
    @Ctx() { viewer }: CatalogueContext,
  ): Promise<LooksResult> {
    requireRole(viewer, 'merchandiser');
    throw new Error('To come.');
  }

  @Mutation(() => [Look], {
    complexity: listCost({ own: WORK_COST }),
    description:
      'Removes up to 500 looks, and returns those that existed as they were, so that `upsertLooks` can restore them. ' +
      `The feed does not bring a removed look back. ${KEY}`,
  })
  async removeLooks(
    @Arg('ids', () => [ID], { description: 'From 1 to 500 ids of looks.' }) _ids: string[],
    @Ctx() { viewer }: CatalogueContext,
  ): Promise<Look[]> {
    requireRole(viewer, 'merchandiser');
    throw new Error('To come.');
  }

  @FieldResolver(() => [Item], {
    complexity: listCost(),
    description: 'Its items in order, without those that were deleted or that the viewer cannot see.',
  })
  async items(@Root() _look: Look, @Ctx() _context: CatalogueContext): Promise<Item[]> {
    throw new Error('To come.');
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Which of its items cannot be shown and why, and whether shoppers see the look. Null if there is no problem. ' +
      'Only merchandisers and admins see it.',
  })
  async problem(@Root() _look: Look, @Ctx() _context: CatalogueContext): Promise<string | null> {
    throw new Error('To come.');
  }
}

@Resolver(() => Item)
export class ItemLookResolver {
  @FieldResolver(() => [Look], {
    complexity: listCost(),
    description: `The looks that the item is in, newest first, at most 20. ${FOR_SHOPPERS}`,
  })
  async looks(@Root() _item: Item, @Ctx() _context: CatalogueContext): Promise<Look[]> {
    throw new Error('To come.');
  }
}

export const lookResolvers = [LookResolver, ItemLookResolver] as const;
