/** The merchandising rules as outfits use them: a rule for searches in a category applies to items of that category. */

import type { Queryable } from '../db/database.ts';
import { listActiveRules } from '../retrieval/ranking/active-rules.sql.ts';
import { type Bind, matchesAny, stepsExpression, type Where } from '../retrieval/ranking/conditions.ts';
import { problemOf } from '../retrieval/ranking/problem.ts';
import { type ActiveRule, appliesTo } from '../retrieval/ranking/rule.ts';
import { CATEGORY_IDS } from '../vocabulary/category.ts';

export interface OutfitRules {
  /** Only items that a rule boosts; null if none does. */
  boosted(): Where | null;
  /** SQL over `items i`: whether a rule excludes the item. */
  isExcluded(bind: Bind): string;
  /** SQL over `items i`: the steps of its boosts and buries. */
  steps(bind: Bind): string;
}

export async function readOutfitRules(db: Queryable, shopId: string): Promise<OutfitRules> {
  return outfitRules(await listActiveRules(db, shopId, null));
}

/** Pins have no place in outfits: nobody sees a list with positions. */
export function outfitRules(rules: readonly ActiveRule[]): OutfitRules {
  const active = rules.filter((rule) => rule.kind !== 'pin' && problemOf(rule) === null);
  const excluding = active.filter(({ kind }) => kind === 'exclude');
  const boosts = active.filter(({ kind }) => kind === 'boost');
  return {
    boosted: () => {
      if (boosts.length === 0) return null;
      return (bind) => [byCategory(boosts, (some) => `(${matchesAny(some, bind)} is true)`)];
    },
    isExcluded: (bind) => byCategory(excluding, (some) => `(${matchesAny(some, bind)} is true)`),
    steps: (bind) => byCategory(active, (some) => stepsExpression(some, bind) ?? '0'),
  };
}

/** One expression, unless there are rules for the searches of some categories alone. */
function byCategory(
  rules: readonly ActiveRule[],
  expression: (rules: readonly ActiveRule[]) => string,
): string {
  const general = expression(rules.filter(({ searchCategories }) => searchCategories === null));
  const special = CATEGORY_IDS.filter((category) =>
    rules.some(({ searchCategories }) => searchCategories?.includes(category)),
  );
  if (special.length === 0) return general;
  const cases = special.map(
    (category) => `when ${category} then ${expression(rules.filter((rule) => appliesTo(rule, [category])))}`,
  );
  return `case i.category ${cases.join(' ')} else ${general} end`;
}
