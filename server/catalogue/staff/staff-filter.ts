import { isUuid } from '../../db/database.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import { foldText, textKey } from '../../vocabulary/fold.ts';
import { LOW_CONFIDENCE, NOT_MATCHED } from '../items/conditions.sql.ts';
import { checkFilter, filterConditions, filterKey, hasTerms, termsQuery } from '../items/filter.ts';
import { ItemConcern, type StaffFilter } from './staff-filter.type.ts';

/** As texts in the filter's other fields. */
const MAX_LENGTH = 200;
/** There are three. */
const MAX_STATES = 10;

/** Throws InvalidInputError, as `checkFilter` does. */
export function checkStaffFilter(filter: StaffFilter | null | undefined): StaffFilter {
  checkFilter(filter);
  // Its words are looked up as the filter's own are.
  checkFilter({ words: filter?.text });
  if ((filter?.states?.length ?? 0) > MAX_STATES) {
    throw new InvalidInputError(`states may have at most ${MAX_STATES} values.`, { field: 'filter.states' });
  }
  if ((filter?.importId?.length ?? 0) > MAX_LENGTH) {
    throw new InvalidInputError('importId is not the id of an import.', { field: 'filter.importId' });
  }
  return filter ?? {};
}

/** Normalises the filter, so that filters with one meaning share a cursor's scope. */
export function staffFilterKey(filter: StaffFilter): unknown[] {
  return [
    ...filterKey(filter),
    foldText((filter.text ?? '').trim()),
    [...(filter.states ?? [])].sort(),
    filter.concern ?? null,
    filter.importId?.toLowerCase() ?? null,
  ];
}

const CONCERNS: Readonly<Record<ItemConcern, string>> = {
  [ItemConcern.NOT_MATCHED]: NOT_MATCHED,
  [ItemConcern.LOW_CONFIDENCE]: LOW_CONFIDENCE,
};

/** The filter as SQL conditions over `items i` of one shop, which is `$1`. `bind` takes a value and returns its placeholder. */
export function staffConditions(
  filter: StaffFilter,
  shopCurrency: string,
  bind: (value: unknown) => string,
): string[] {
  const { text, states, concern, importId } = filter;
  const conditions = filterConditions(filter, shopCurrency, bind);
  if (text?.trim()) conditions.push(textCondition(text.trim(), bind));
  if (states && states.length > 0) conditions.push(`i.state = any(${bind([...new Set(states)])}::text[])`);
  if (concern) conditions.push(CONCERNS[concern]);
  if (typeof importId === 'string') {
    conditions.push(
      `exists (select from import_items m where m.shop_id = $1::uuid and m.item_id = i.id
         and m.job_id = ${bind(isUuid(importId) ? importId : null)}::uuid)`,
    );
  }
  return conditions;
}

/** The last of Unicode's code points: no text that begins like another comes after the other and this. */
const LAST = '\u{10ffff}';

/** Each way of finding looks into an index of its own. */
function textCondition(text: string, bind: (value: unknown) => string): string {
  const folded = bind(foldText(text));
  const words = { words: text };
  const found = [
    `select items_with_ids(${folded}::text, ${folded}::text || ${bind(LAST)}::text)`,
    `select b.id from items b where b.shop_id = $1::uuid and b.brand_key = ${bind(textKey(text))}::text`,
    ...(hasTerms(words) ? [`select items_with_terms(${termsQuery(words, bind)}, 2147483647)`] : []),
  ];
  return `i.id in (${found.join(' union all ')})`;
}
