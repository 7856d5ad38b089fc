import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireRole } from '../access/viewer.ts';
import type { CatalogueContext } from '../catalogue/context.ts';
import { ItemFilter } from '../catalogue/items/filter.ts';
import { Item, toItem } from '../catalogue/items/item.type.ts';
import { MAX_PAGE } from '../graphql/connection.ts';
import { pageCost } from '../graphql/cost.ts';
import { SimilarTo } from '../retrieval/similar-to.type.ts';
import { previewRule } from './preview.ts';
import { RulePreview, toRulePreview } from './preview.type.ts';
import { Rule, RuleConnection, RuleInput, RuleState, RuleTarget, toRule } from './rule.type.ts';
import { listRulePage, removeRule, restoreRule, setRule } from './rules.ts';

const KEY = "Wants a merchandiser's or admin's key.";

@Resolver(() => Rule)
export class RuleResolver {
  @Query(() => RuleConnection, {
    complexity: 20,
    description: `The newest first; without \`state\`, all that are not removed. ${KEY}`,
  })
  async rules(
    @Arg('state', () => RuleState, { nullable: true, description: 'Those in this state alone.' })
    state: RuleState | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | null,
    @Ctx() context: CatalogueContext,
  ): Promise<RuleConnection> {
    requireRole(context.viewer, 'merchandiser');
    return listRulePage(context, { state, first, after });
  }

  @Query(() => RulePreview, {
    complexity: pageCost(MAX_PAGE, 100),
    description:
      'The first items of a search without this rule, and with it as if it were active today, beside all other ' +
      `active rules. Changes nothing. ${KEY}`,
  })
  async previewRule(
    @Arg('rule', () => RuleInput) rule: RuleInput,
    @Arg('to', () => SimilarTo) to: SimilarTo,
    @Arg('filter', () => ItemFilter, { nullable: true, description: 'As of similarItems.' })
    filter: ItemFilter | null,
    @Arg('first', () => Int, { defaultValue: 24, description: 'From 1 to 100.' }) first: number,
    @Ctx() context: CatalogueContext,
  ): Promise<RulePreview> {
    requireRole(context.viewer, 'merchandiser');
    return toRulePreview(context, await previewRule(context, rule, to, { filter, first }));
  }

  @Mutation(() => Rule, {
    description: `Makes a rule, or changes the one that \`id\` names. At most 500 in a shop. ${KEY}`,
  })
  async setRule(
    @Arg('rule', () => RuleInput) rule: RuleInput,
    @Ctx() context: CatalogueContext,
  ): Promise<Rule> {
    requireRole(context.viewer, 'merchandiser');
    return toRule(await setRule(context, rule));
  }

  @Mutation(() => Rule, { description: `restoreRule takes it back. ${KEY}` })
  async removeRule(@Arg('id', () => ID) id: string, @Ctx() context: CatalogueContext): Promise<Rule> {
    requireRole(context.viewer, 'merchandiser');
    return toRule(await removeRule(context, id));
  }

  @Mutation(() => Rule, { description: `Puts a removed rule in force again, as it was. ${KEY}` })
  async restoreRule(@Arg('id', () => ID) id: string, @Ctx() context: CatalogueContext): Promise<Rule> {
    requireRole(context.viewer, 'merchandiser');
    return toRule(await restoreRule(context, id));
  }
}

@Resolver(() => Rule)
export class RuleProblemResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Why the rule does nothing, whatever its state: its item is gone, or it cannot be applied and searches pass it ' +
      'over. Null where all is well.',
  })
  async problem(
    @Root() { fault, target }: Rule,
    @Ctx() { loaders }: CatalogueContext,
  ): Promise<string | null> {
    if (fault !== null || target.itemId === null) return fault;
    return (await loaders.item.load(target.itemId))
      ? null
      : `The shop no longer has the item ${target.itemId}.`;
  }
}

@Resolver(() => RuleTarget)
export class RuleTargetResolver {
  @FieldResolver(() => Item, {
    nullable: true,
    description: 'The item that is named; null for none, and where the shop has it no more.',
  })
  async item(@Root() { itemId }: RuleTarget, @Ctx() { loaders }: CatalogueContext): Promise<Item | null> {
    const row = itemId === null ? null : await loaders.item.load(itemId);
    return row && toItem(row);
  }
}

export const merchandisingResolvers = [RuleResolver, RuleProblemResolver, RuleTargetResolver] as const;
