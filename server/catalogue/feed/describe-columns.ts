import { isGoogleColumn } from './attributes.ts';
import { aliasesIn, columnName } from './columns.ts';
import type { Dialect } from './exports/dialect.ts';

/** What becomes of a column. */
export interface ColumnUse {
  /** As the feed writes it. */
  readonly name: string;
  readonly use: 'field' | 'attribute' | 'ignored';
  /** Google's name of the field that it is read as; null unless it is one. */
  readonly field: string | null;
}

/** The columns that make an item, by Google's names. */
const FIELDS = new Set(
  (
    'id title description link image_link additional_image_link price sale_price sale_price_effective_date ' +
    'availability brand color size gender age_group item_group_id look_id google_product_category product_type'
  ).split(' '),
);

/** For each of a feed's columns what it is read as. */
export function describeColumns(names: readonly string[], dialect: Dialect | null): ColumnUse[] {
  const columns = names.map(columnName);
  const aliases = new Map(aliasesIn((name) => columns.includes(name)));
  return columns.flatMap((column, index): ColumnUse[] => {
    const name = names[index]!.trim();
    if (name === '') return [];
    if (dialect) return [{ name, ...dialect.describe(column) }];
    const field = aliases.get(column) ?? column;
    if (FIELDS.has(field)) return [{ name, use: 'field', field }];
    return [{ name, use: isGoogleColumn(field) ? 'ignored' : 'attribute', field: null }];
  });
}
