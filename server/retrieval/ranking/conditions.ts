import { FILTER_FIELDS, type FilterField, filterField } from '../../catalogue/items/filter-fields.ts';
import { foldText } from '../../vocabulary/fold.ts';
import type { Bind, Where } from '../nearest/query.ts';
import { type ActiveRule, MOST_STEPS, stepsOf } from './rule.ts';

export type { Bind, Where };

/** Attributes of the feed that have a column; all others are in `attributes`. */
const COLUMNS = new Map(
  (FILTER_FIELDS as readonly FilterField[]).flatMap((field) =>
    field.attribute ? [[field.attribute, field] as const] : [],
  ),
);

/** The rules that compare one field of an item, by the value they compare it with. */
interface RuledField {
  /** SQL over `items i`; an item has the value if any of them is. */
  readonly expressions: (bind: Bind) => readonly string[];
  /** How many expressions there are. */
  readonly width: number;
  readonly type: 'text' | 'smallint';
  readonly rules: Map<string, ActiveRule[]>;
}

/** Grouped by field, so that 500 rules cost one look-up for each field and not one for each rule. */
function byField(rules: readonly ActiveRule[], read = fieldOf): RuledField[] {
  const fields = new Map<string, RuledField>();
  for (const rule of rules) {
    const { name, keys, ...of } = read(rule);
    const field = fields.get(name) ?? { ...of, rules: new Map<string, ActiveRule[]>() };
    fields.set(name, field);
    for (const key of keys) field.rules.set(key, [...(field.rules.get(key) ?? []), rule]);
  }
  return [...fields.values()];
}

type NamedField = Omit<RuledField, 'rules'> & { name: string; keys: readonly string[] };

/** Which field the rule compares, and the keys that it looks for there. */
function fieldOf(rule: ActiveRule): NamedField {
  if (rule.itemId !== null) {
    return { name: 'item', expressions: () => ['i.id'], width: 1, type: 'text', keys: [rule.itemId] };
  }
  if (rule.category !== null) return columnOf(filterField('categories'), rule.category);
  if (rule.brand !== null) return columnOf(filterField('brands'), rule.brand);
  const [name, value] = [(rule.attributeName ?? '').toLowerCase(), rule.attributeValue ?? ''];
  const column = COLUMNS.get(name);
  if (column) return columnOf(column, value);
  const expressions = (bind: Bind) => [`fold_text(i.attributes ->> ${bind(name)}::text)`];
  return { name: `attribute ${name}`, expressions, width: 1, type: 'text', keys: [foldText(value)] };
}

function columnOf({ name, keys, sqlType, toKeys }: FilterField, value: string | number) {
  const expressions = () => keys;
  return { name, expressions, width: keys.length, type: sqlType, keys: toKeys(value).map(String) };
}

const FOUND = 'found';

/** The same for what is added up: a rule for red/black counts once for an item that is both. */
function onceOf(rule: ActiveRule): NamedField {
  const field = fieldOf(rule);
  const { name, keys, width, type } = field;
  if (keys.length === 1 || width === 1) return field;
  const expressions = (bind: Bind) => {
    const wanted = bind(keys);
    const any = field.expressions(bind).map((expression) => `${expression} = any(${wanted}::${type}[])`);
    return [`case when ${any.join(' or ')} then '${FOUND}' end`];
  };
  return { name: `${name} ${JSON.stringify(keys)}`, expressions, width: 1, type: 'text', keys: [FOUND] };
}

/** SQL: whether any of the rules applies to the item. Null instead of false where the item has no such field. */
export function matchesAny(rules: readonly ActiveRule[], bind: Bind): string {
  const conditions = byField(rules).flatMap(({ expressions, type, rules: byValue }) => {
    const keys = bind([...byValue.keys()]);
    return expressions(bind).map((expression) => `${expression} = any(${keys}::${type}[])`);
  });
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
  const fields = byField(rules.filter(isShift), onceOf);
  if (fields.length === 0) return null;
  const parts = fields.flatMap((field) => {
    const steps = bind(
      JSON.stringify(Object.fromEntries([...field.rules].map(([value, of]) => [value, sum(of)]))),
    );
    return field
      .expressions(bind)
      .map((expression) => `coalesce((${steps}::jsonb ->> (${expression})::text)::integer, 0)`);
  });
  return `greatest(-${MOST_STEPS}, least(${MOST_STEPS}, ${parts.join(' + ')}))`;
}

/** Every sum of steps that an item can have under these rules, ascending; always with 0. */
export function reachableSteps(rules: readonly ActiveRule[]): number[] {
  let sums = new Set([0]);
  for (const { width, rules: byValue } of byField(rules.filter(isShift), onceOf)) {
    const own = new Set([0, ...[...byValue.values()].map(sum)]);
    for (let times = 0; times < Math.min(width, byValue.size); times++) {
      sums = new Set([...sums].flatMap((a) => [...own].map((b) => a + b)));
    }
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
