import { Badge } from '@/components/ui/badge.tsx';
import table from '@/components/ui/table.module.css';
import type { FeedPreview } from '@/lib/api/imports.ts';
import { CATEGORY_NAMES } from '@/lib/categories.ts';
import { AVAILABILITY_NAMES, count, formatMoney } from '@/lib/format.ts';
import styles from './imports.module.css';

type Row = FeedPreview['rows'][number];
type Item = NonNullable<Row['item']>;

/** The first rows of a feed as items, with what is wrong with them. */
export function PreviewRows({ rows, isWhole }: { rows: readonly Row[]; isWhole: boolean }) {
  return (
    <table className={table.table}>
      <caption className={styles.caption}>
        {isWhole ? `All of it: ${count(rows.length, 'row')}` : `The first ${count(rows.length, 'row')}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Row</th>
          <th scope="col">Item</th>
          <th scope="col">Price</th>
          <th scope="col">Stock</th>
          <th scope="col">Category</th>
          <th scope="col">Pictures</th>
          <th scope="col">Remarks</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PreviewRow key={row.row} {...row} />
        ))}
      </tbody>
    </table>
  );
}

function PreviewRow({ row, item, faults }: Row) {
  return (
    <tr>
      <td data-name="Row">{row}</td>
      {item ? <ItemCells item={item} /> : <LeftOut id={faults[0]?.itemId ?? null} />}
      <td>
        {(faults.length > 0 || item?.unmatchedReason) && (
          <ul className={styles.faults}>
            {faults.map(({ severity, column, reason }) => (
              <li key={`${column} ${reason}`} data-severity={severity}>
                {reason}
              </li>
            ))}
            {item?.unmatchedReason && <li>{item.unmatchedReason}</li>}
          </ul>
        )}
      </td>
    </tr>
  );
}

function LeftOut({ id }: { id: string | null }) {
  return (
    <td data-name="Item" colSpan={5}>
      <span className={styles.cell}>
        <Badge tone="warn">Left out</Badge>
        {id && <span className={styles.soft}>{id}</span>}
      </span>
    </td>
  );
}

function ItemCells({ item }: { item: Item }) {
  const { id, title, brand, color, size, price, salePrice, availability, category, unmatchedReason } = item;
  const details = [id, brand, color, size].filter(Boolean).join(' · ');
  return (
    <>
      <td data-name="Item">
        <span className={styles.cell}>
          <span>{title}</span>
          <span className={styles.soft}>{details}</span>
        </span>
      </td>
      <td data-name="Price">
        {price && salePrice ? (
          <>
            {formatMoney(salePrice)} <s>{formatMoney(price)}</s>
          </>
        ) : (
          price && formatMoney(price)
        )}
      </td>
      <td data-name="Stock">{AVAILABILITY_NAMES[availability]}</td>
      <td data-name="Category">
        {category ? CATEGORY_NAMES[category] : unmatchedReason ? 'Not matched' : 'Its picture decides'}
      </td>
      <td data-name="Pictures">
        <Pictures images={item.images} />
      </td>
    </>
  );
}

/** They are named, not shown: nothing is fetched from the shop's server before the import. */
function Pictures({ images }: { images: readonly string[] }) {
  const [first = '', ...more] = images;
  return (
    <span className={styles.cell}>
      <span title={first} className={styles.address}>
        {first.replace(/^https?:\/\//i, '')}
      </span>
      {more.length > 0 && <span className={styles.soft}>and {count(more.length, 'more picture')}</span>}
    </span>
  );
}
