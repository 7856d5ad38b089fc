import type { ValueRow } from './count-values.sql.ts';
import { type CountedValues, FILTER_FIELDS, type FilterName } from './filter-fields.ts';

/** A facet lists at most this many values of a field. */
const MAX_VALUES = 50;

/** The counted values of each field, most frequent first. `rowsOf` may count a field over a different set of items. */
export async function toCountedValues(
  rowsOf: (field: FilterName) => Promise<readonly ValueRow[]>,
): Promise<CountedValues> {
  const counted: [string, unknown][] = [];
  for (const { name, read } of FILTER_FIELDS) {
    const values = mostFrequent((await rowsOf(name)).filter(({ field }) => field === name));
    counted.push([name, values.map(({ value, count }) => ({ value: read(value), count }))]);
  }
  return Object.fromEntries(counted) as CountedValues;
}

export function mostFrequent(rows: readonly ValueRow[]): { value: string; count: number }[] {
  return rows
    .map(({ value, count }) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MAX_VALUES);
}
