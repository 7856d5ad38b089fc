import { lowerForms } from '../../catalogue/items/filter.ts';
import { FILTER_FIELDS, keyOf } from '../../catalogue/items/filter-fields.ts';
import type { Bind, Where } from '../nearest/query.ts';
import { type ActiveRule, MOST_STEPS, stepsOf } from './rule.ts';

export type { Bind, Where };

/** Attributes of the feed that have a column; all others are in `attributes`. */
const COLUMNS = new Map(FILTER_FIELDS.flatMap(({ attribute, key }) => (attribute ? [[attribute, key]] : [])));

/** The rules that compare one field of an item, by the value they compare it with. */
interface RuledField {
  /** SQL over `items i`. */
  readonly expression: (bind: Bind) => string;
  readonly type: 'text' | 'smallint';
  readonly rules: Map<string, ActiveRule[]>;
}

/** Grouped by field, so that 500 rules cost one look-up for each field and not one for each rule. */
function byField(rules: readonly ActiveRule[]): RuledField[] {
  const fields = new Map<string, RuledField>();
  for (const rule of rules) {
    const { name, expression, value } = fieldOf(rule);
    const type = name === 'category' ? 'smallint' : 'text';
    const field = fields.get(name) ?? { expression, type, rules: new Map<string, ActiveRule[]>() };
    fields.set(name, field);
    // Ids are compared exactly, everything else in lower case.
    for (const form of new Set(name === 'item' ? [value] : lowerForms(value))) {
      field.rules.set(form, [...(field.rules.get(form) ?? []), rule]);
    }
  }
  return [...fields.values()];
}

function fieldOf(rule: ActiveRule): { name: string; expression: RuledField['expression']; value: string } {
  if (rule.itemId !== null) return { name: 'item', expression: () => 'i.id', value: rule.itemId };
  if (rule.category !== null) {
    return { name: 'category', expression: () => keyOf('categories'), value: String(rule.category) };
  }
  if (rule.brand !== null) {
    return { name: 'brand', expression: () => keyOf('brands'), value: rule.brand };
  }
  const [name, value] = [rule.attributeName ?? '', rule.attributeValue ?? ''];
  const column = COLUMNS.get(name.toLowerCase());
  const expression = (bind: Bind) => column ?? `lower(i.attributes ->> ${bind(name.toLowerCase())}::text)`;
  return { name: `attribute ${column ?? name.toLowerCase()}`, expression, value };
}

/** SQL: whether any of the rules applies to the item. Null instead of false where the item has no such field. */
export function matchesAny(rules: readonly ActiveRule[], bind: Bind): string {
  const conditions = byField(rules).map(
    ({ expression, type, rules: byValue }) =>
      `${expression(bind)} = any(${bind([...byValue.keys()])}::${type}[])`,
  );
  return conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`;
}

/** Leaves out excluded items, from searches and from the counts of their facets. */
export function notExcluded(rules: readonly ActiveRule[]): Where {
  const excluding = rules.filter(({ kind }) => kind === 'exclude');
  return (bind) => (excluding.length === 0 ? [] : [`${matchesAny(excluding, bind)} is not true`]);
}

const isShift = ({ kind }: ActiveRule) => kind === 'boost' || kind === 'bury';
const clamp = (steps: number) => Math.min(MOST_STEPS, Math.max(-MOST_STEPS, steps));
const sum = (rules: readonly ActiveRule[]) => rules.reduce((steps, rule) => steps + stepsOf(rule), 0);

/** SQL: the steps that boosts and buries add to an item's distance. Null where no rule does. */
export function stepsExpression(rules: readonly ActiveRule[], bind: Bind): string | null {
  const fields = byField(rules.filter(isShift));
  if (fields.length === 0) return null;
  const parts = fields.map((field) => {
    const steps = Object.fromEntries([...field.rules].map(([value, of]) => [value, sum(of)]));
    return `coalesce((${bind(JSON.stringify(steps))}::jsonb ->> (${field.expression(bind)})::text)::integer, 0)`;
  });
  return `greatest(-${MOST_STEPS}, least(${MOST_STEPS}, ${parts.join(' + ')}))`;
}

/** Every sum of steps that an item can have under these rules, ascending; always with 0. */
export function reachableSteps(rules: readonly ActiveRule[]): number[] {
  let sums = new Set([0]);
  for (const { rules: byValue } of byField(rules.filter(isShift))) {
    const own = new Set([0, ...[...byValue.values()].map(sum)]);
    sums = new Set([...sums].flatMap((a) => [...own].map((b) => a + b)));
  }
  return [...new Set([...sums].map(clamp))].sort((a, b) => a - b);
}

/** Items whose steps add up to `steps`. */
export function stepsAre(rules: readonly ActiveRule[], steps: number): Where {
  const shifting = rules.filter(isShift);
  return (bind) => {
    const expression = stepsExpression(shifting, bind);
    if (expression === null) return [];
    const condition = `${expression} = ${bind(steps)}::integer`;
    if (steps === 0) return [condition];
    // A sum below 0 needs a boost, one above 0 a bury: naming their items lets the database use an index.
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
