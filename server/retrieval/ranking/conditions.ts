import { lowerForms } from '../../catalogue/items/filter.ts';
import type { Bind, Where } from '../nearest/query.ts';
import { type ActiveRule, MOST_STEPS, stepsOf } from './rule.ts';

export type { Bind, Where };

/** Attributes that the table has a column for; all others are in `attributes`. */
const COLUMNS = new Map([
  ['color', 'i.color_key'],
  ['size', 'lower(i.size)'],
  ['gender', 'lower(i.gender)'],
  ['age_group', 'lower(i.age_group)'],
]);

/** Rules that look at one thing of an item, with what they look for. */
interface Dimension {
  /** SQL of what they look at. */
  readonly look: (bind: Bind) => string;
  readonly type: 'text' | 'smallint';
  readonly rules: Map<string, ActiveRule[]>;
}

/** So many rules need only so many look-ups as there are things that they look at. */
function dimensionsOf(rules: readonly ActiveRule[]): Dimension[] {
  const dimensions = new Map<string, Dimension>();
  for (const rule of rules) {
    const { name, look, value } = viewOf(rule);
    const type = name === 'category' ? 'smallint' : 'text';
    const dimension = dimensions.get(name) ?? { look, type, rules: new Map<string, ActiveRule[]>() };
    dimensions.set(name, dimension);
    // An item's id is compared as it is, all else in lower case.
    for (const form of new Set(name === 'item' ? [value] : lowerForms(value))) {
      dimension.rules.set(form, [...(dimension.rules.get(form) ?? []), rule]);
    }
  }
  return [...dimensions.values()];
}

function viewOf(rule: ActiveRule): { name: string; look: Dimension['look']; value: string } {
  if (rule.itemId !== null) return { name: 'item', look: () => 'i.id', value: rule.itemId };
  if (rule.category !== null) {
    return { name: 'category', look: () => 'i.category', value: String(rule.category) };
  }
  if (rule.brand !== null) {
    return { name: 'brand', look: () => 'i.brand_key', value: rule.brand };
  }
  const [name, value] = [rule.attributeName ?? '', rule.attributeValue ?? ''];
  const column = COLUMNS.get(name.toLowerCase());
  const look = (bind: Bind) => column ?? `lower(i.attributes ->> ${bind(name.toLowerCase())}::text)`;
  return { name: `attribute ${column ?? name.toLowerCase()}`, look, value };
}

/** Whether any of the rules applies to the item; null for no where the item lacks what they look at. */
export function matchesAny(rules: readonly ActiveRule[], bind: Bind): string {
  const conditions = dimensionsOf(rules).map(
    ({ look, type, rules: byValue }) => `${look(bind)} = any(${bind([...byValue.keys()])}::${type}[])`,
  );
  return conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`;
}

/** Leaves out what the rules exclude. Searches and the counts of their facets both take it. */
export function notExcluded(rules: readonly ActiveRule[]): Where {
  const excluding = rules.filter(({ kind }) => kind === 'exclude');
  return (bind) => (excluding.length === 0 ? [] : [`${matchesAny(excluding, bind)} is not true`]);
}

const isShift = ({ kind }: ActiveRule) => kind === 'boost' || kind === 'bury';
const clamp = (steps: number) => Math.min(MOST_STEPS, Math.max(-MOST_STEPS, steps));
const sum = (rules: readonly ActiveRule[]) => rules.reduce((steps, rule) => steps + stepsOf(rule), 0);

/** SQL of the steps that boosts and buries add to an item's distance; null where there are none of either. */
export function stepsExpression(rules: readonly ActiveRule[], bind: Bind): string | null {
  const dimensions = dimensionsOf(rules.filter(isShift));
  if (dimensions.length === 0) return null;
  const parts = dimensions.map((dimension) => {
    const steps = Object.fromEntries([...dimension.rules].map(([value, of]) => [value, sum(of)]));
    return `coalesce((${bind(JSON.stringify(steps))}::jsonb ->> (${dimension.look(bind)})::text)::integer, 0)`;
  });
  return `greatest(-${MOST_STEPS}, least(${MOST_STEPS}, ${parts.join(' + ')}))`;
}

/** Every sum that the rules may come to on an item, ascending; 0 is always among them. */
export function reachableSteps(rules: readonly ActiveRule[]): number[] {
  let sums = new Set([0]);
  for (const { rules: byValue } of dimensionsOf(rules.filter(isShift))) {
    const own = new Set([0, ...[...byValue.values()].map(sum)]);
    sums = new Set([...sums].flatMap((a) => [...own].map((b) => a + b)));
  }
  return [...new Set([...sums].map(clamp))].sort((a, b) => a - b);
}

/** The items whose rules come to this many steps. */
export function stepsAre(rules: readonly ActiveRule[], steps: number): Where {
  const shifting = rules.filter(isShift);
  return (bind) => {
    const expression = stepsExpression(shifting, bind);
    if (expression === null) return [];
    const condition = `${expression} = ${bind(steps)}::integer`;
    if (steps === 0) return [condition];
    // None without a boost comes to less than 0, and none without a bury to more: the database finds the few that a
    // rule names without looking at all.
    const kind = steps < 0 ? 'boost' : 'bury';
    return [
      matchesAny(
        shifting.filter((rule) => rule.kind === kind),
        bind,
      ),
      condition,
    ];
  };
}

export function allOf(...wheres: readonly (Where | undefined)[]): Where {
  return (bind) => wheres.flatMap((where) => where?.(bind) ?? []);
}
