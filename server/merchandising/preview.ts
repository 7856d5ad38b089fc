import type { CatalogueContext } from '../catalogue/context.ts';
import type { ItemFilter } from '../catalogue/items/filter.ts';
import { listActiveRules, type TimedRule } from '../retrieval/ranking/active-rules.sql.ts';
import { activeRulesFor } from '../retrieval/ranking/rank.ts';
import { findSimilarItems, type SimilarMatches } from '../retrieval/similar.ts';
import type { SimilarTo } from '../retrieval/similar-to.ts';
import { checkRule, checkRuleId } from './check-rule.ts';
import type { RuleInput } from './rule.type.ts';
import { checkItem } from './rules.ts';

export interface Change {
  readonly itemId: string;
  /** Its place from 1; null if it is not on the page. */
  readonly from: number | null;
  readonly to: number | null;
}

export interface Preview {
  readonly before: SimilarMatches;
  readonly after: SimilarMatches;
  readonly changes: readonly Change[];
}

/**
 * The first page of a search without this rule and with it, whatever its dates, under all other active rules. Throws
 * what setRule and findSimilarItems throw.
 */
export async function previewRule(
  context: CatalogueContext,
  input: RuleInput,
  to: SimilarTo,
  page: { filter?: ItemFilter | null; first: number },
): Promise<Preview> {
  const { db, shopId } = context;
  const values = checkRule(input);
  const id = input.id ? checkRuleId(input.id) : null;
  const active = await db.inShop(shopId, async (tx) => {
    await checkItem(tx, values);
    return listActiveRules(tx, shopId, null);
  });
  const rule = { ...values, id: id ?? '', time: new Date().toISOString() };
  const others = active.filter((other) => other.id !== id);
  const search = async (rules: readonly TimedRule[]) => {
    const rulesOf: typeof activeRulesFor = (_, categories) => activeRulesFor(rules, categories);
    // Without a cutoff, so that small shops see an order too.
    return findSimilarItems(context, to, { ...page, minScore: 0 }, rulesOf);
  };
  // A changed rule keeps its place among the others: it decides between pins of the same position.
  const at = active.findIndex((other) => other.id === id);
  const before = await search(others);
  const after = await search(others.toSpliced(at < 0 ? others.length : at, 0, rule));
  return { before, after, changes: compare(before, after) };
}

/**
 * The first page of a search under no rule and under those that are active now. Throws what findSimilarItems throws.
 */
export async function compareRules(
  context: CatalogueContext,
  to: SimilarTo,
  page: { filter?: ItemFilter | null; first: number; minScore?: number | null },
): Promise<Preview> {
  const none: typeof activeRulesFor = (_, categories) => activeRulesFor([], categories);
  const before = await findSimilarItems(context, to, page, none);
  const after = await findSimilarItems(context, to, page);
  return { before, after, changes: compare(before, after) };
}

/** Items whose place changes, in the new order; those that disappear come last. */
function compare(before: SimilarMatches, after: SimilarMatches): Change[] {
  const placeIn = ({ edges }: SimilarMatches) =>
    new Map(edges.map(({ node }, index) => [node.itemId, index + 1]));
  const [from, to] = [placeIn(before), placeIn(after)];
  return [...new Set([...to.keys(), ...from.keys()])]
    .map((itemId) => ({ itemId, from: from.get(itemId) ?? null, to: to.get(itemId) ?? null }))
    .filter((change) => change.from !== change.to);
}
