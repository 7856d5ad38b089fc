import { Arg, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireRole } from '../access/viewer.ts';
import type { CatalogueContext } from '../catalogue/context.ts';
import { ItemFilter } from '../catalogue/items/filter.ts';
import { Item, toItem } from '../catalogue/items/item.type.ts';
import { MAX_PAGE } from '../graphql/connection.ts';
import { pageCost } from '../graphql/cost.ts';
import { SimilarTo } from '../retrieval/similar-to.type.ts';
import { compareRules, previewRule } from './preview.ts';
import { RulePreview, toRulePreview } from './preview.type.ts';
import { Rule, RuleConnection, RuleInput, RuleState, RuleTarget, toRule } from './rule.type.ts';
import { listRulePage, removeRule, restoreRule, setRule } from './rules.ts';

const KEY = 'Requires a merchandiser or admin key.';

@Resolver(() => Rule)
export class RuleResolver {
  @Query(() => RuleConnection, {
    complexity: 20,
    description: `Merchandising rules, newest first. Leaves out removed rules unless \`state\` asks for them. ${KEY}`,
  })
  async rules(
    @Arg('state', () => RuleState, { nullable: true, description: 'Only rules in this state.' })
    state: RuleState | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Page size, from 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the previous page.' })
    after: string | null,
    @Arg('last', () => Int, {
      nullable: true,
      description: 'Page size from the end of the list, from 1 to 100, in the place of `first`.',
    })
    last: number | null,
    @Arg('before', () => String, {
      nullable: true,
      description: '`startCursor` of the next page. Only with `last`.',
    })
    before: string | null,
    @Ctx() context: CatalogueContext,
  ): Promise<RuleConnection> {
    requireRole(context.viewer, 'merchandiser');
    return listRulePage(context, { state, first, after, last, before });
  }

  @Query(() => RulePreview, {
    complexity: pageCost(MAX_PAGE, 100),
    description:
      'Shows the first items of a search without this rule and with it, as if it were active now beside all ' +
      `other active rules. Changes nothing. ${KEY}`,
  })
  async previewRule(
    @Arg('rule', () => RuleInput, { description: 'The rule to try.' }) rule: RuleInput,
    @Arg('to', () => SimilarTo, { description: 'What to search with.' }) to: SimilarTo,
    @Arg('filter', () => ItemFilter, { nullable: true, description: 'Only items that match this filter.' })
    filter: ItemFilter | null,
    @Arg('first', () => Int, { defaultValue: 24, description: 'Number of items, from 1 to 100.' })
    first: number,
    @Ctx() context: CatalogueContext,
  ): Promise<RulePreview> {
    requireRole(context.viewer, 'merchandiser');
    return toRulePreview(context, await previewRule(context, rule, to, { filter, first }));
  }

  @Query(() => RulePreview, {
    complexity: pageCost(MAX_PAGE, 100),
    description:
      'Shows the first items of a search without any merchandising rule and with those that are active now. Changes ' +
      `nothing, and is not counted as a shopper's search. ${KEY}`,
  })
  async compareRules(
    @Arg('to', () => SimilarTo, { description: 'What to search with.' }) to: SimilarTo,
    @Arg('filter', () => ItemFilter, { nullable: true, description: 'Only items that match this filter.' })
    filter: ItemFilter | null,
    @Arg('minScore', () => Float, {
      nullable: true,
      description: "Lowest score to list, 0 to 1. If omitted, the model's cutoff, as for shoppers.",
    })
    minScore: number | null,
    @Arg('first', () => Int, { defaultValue: 24, description: 'Number of items, from 1 to 100.' })
    first: number,
    @Ctx() context: CatalogueContext,
  ): Promise<RulePreview> {
    requireRole(context.viewer, 'merchandiser');
    return toRulePreview(context, await compareRules(context, to, { filter, first, minScore }));
  }

  @Mutation(() => Rule, {
    description:
      'Makes a rule, or replaces the one with the given id. A shop has at most 500 rules (TOO_MANY_RULES). ' +
      `${KEY}`,
  })
  async setRule(
    @Arg('rule', () => RuleInput, { description: 'The complete rule.' }) rule: RuleInput,
    @Ctx() context: CatalogueContext,
  ): Promise<Rule> {
    requireRole(context.viewer, 'merchandiser');
    return toRule(await setRule(context, rule));
  }

  @Mutation(() => Rule, { description: `Removes a rule. \`restoreRule\` brings it back. ${KEY}` })
  async removeRule(
    @Arg('id', () => ID, { description: 'Id of the rule.' }) id: string,
    @Ctx() context: CatalogueContext,
  ): Promise<Rule> {
    requireRole(context.viewer, 'merchandiser');
    return toRule(await removeRule(context, id));
  }

  @Mutation(() => Rule, { description: `Restores a removed rule as it was, within 90 days. ${KEY}` })
  async restoreRule(
    @Arg('id', () => ID, { description: 'Id of the rule.' }) id: string,
    @Ctx() context: CatalogueContext,
  ): Promise<Rule> {
    requireRole(context.viewer, 'merchandiser');
    return toRule(await restoreRule(context, id));
  }
}

@Resolver(() => Rule)
export class RuleProblemResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Why searches ignore the rule: its item is gone, or it cannot be applied. Null if there is no ' +
      'problem.',
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
    description: 'The item with `itemId`. Null if none is set or the shop no longer has it.',
  })
  async item(@Root() { itemId }: RuleTarget, @Ctx() { loaders }: CatalogueContext): Promise<Item | null> {
    const row = itemId === null ? null : await loaders.item.load(itemId);
    return row && toItem(row);
  }
}

export const merchandisingResolvers = [RuleResolver, RuleProblemResolver, RuleTargetResolver] as const;
