import Link from 'next/link';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import table from '@/components/ui/table.module.css';
import type { Insights } from '@/lib/api/insights.ts';
import { formatNumber } from '@/lib/format.ts';
import { itemPath } from '@/lib/path-id.ts';
import styles from './insights.module.css';

export function TopItems({ items }: { items: Insights['topItems'] }) {
  if (items.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="top">
      <h2 id="top">Items that shoppers like</h2>
      <table className={`${table.table} ${styles.table} ${styles.compact}`}>
        <thead>
          <tr>
            <th scope="col">Item</th>
            {COLUMNS.map(({ name }) => (
              <th key={name} scope="col" data-number="">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ itemId, item, ...counts }) => (
            <tr key={itemId}>
              <th scope="row">
                <Link href={itemPath(itemId)} className={styles.item}>
                  <ItemPicture item={item} className={styles.thumbnail} />
                  <span>
                    <span>{item?.title ?? itemId}</span>
                    <small>{[item?.brand, itemId].filter(Boolean).join(' · ')}</small>
                  </span>
                </Link>
              </th>
              {COLUMNS.map(({ name, of }) => (
                <td key={name} data-name={name} data-number="">
                  {formatNumber(counts[of])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const COLUMNS = [
  { name: 'Shown', of: 'shown' },
  { name: 'Opened', of: 'opened' },
  { name: 'Clicked', of: 'clickedOut' },
  { name: 'Added', of: 'added' },
] as const;
