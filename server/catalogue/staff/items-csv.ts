import { categoryName } from '../../vocabulary/category.ts';
import { csvLine } from '../../vocabulary/csv.ts';
import { formatMinor } from '../../vocabulary/money.ts';
import type { ExportedRow } from './staff-items.sql.ts';

type Cell = (row: ExportedRow) => string | null;

const price = (minor: number | null, currency: string | null) =>
  minor === null || currency === null ? null : `${formatMinor(minor, currency)} ${currency}`;

/** Named as the columns of a feed where a feed has them. It is none: `isStudioList` knows it by these names. */
const COLUMNS: readonly (readonly [name: string, cell: Cell])[] = [
  ['id', ({ id }) => id],
  ['title', ({ title }) => title],
  ['state', ({ state }) => state],
  ['category', ({ category }) => (category === null ? null : categoryName(category))],
  ['confidence', ({ score }) => (score === null ? null : score.toFixed(2))],
  ['remark', ({ failure }) => failure],
  ['pictures', ({ images }) => String(images)],
  ['price', ({ priceMinor, currency }) => price(priceMinor, currency)],
  ['sale_price', ({ salePriceMinor, currency }) => price(salePriceMinor, currency)],
  ['availability', ({ availability }) => availability],
  ['brand', ({ brand }) => brand],
  ['color', ({ color }) => color],
  ['size', ({ size }) => size],
  ['gender', ({ gender }) => gender],
  ['age_group', ({ ageGroup }) => ageGroup],
  ['item_group_id', ({ itemGroupId }) => itemGroupId],
  ['link', ({ link }) => link],
  [
    'attributes',
    ({ attributes }) =>
      Object.entries(attributes)
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('; '),
  ],
  ['first_imported', ({ createdAt }) => createdAt.toISOString()],
  ['last_changed', ({ updatedAt }) => updatedAt.toISOString()],
];

export const ITEMS_HEADER = csvLine(COLUMNS.map(([name]) => name));

export function itemToCsv(row: ExportedRow): string {
  return csvLine(COLUMNS.map(([, cell]) => cell(row) ?? ''));
}
