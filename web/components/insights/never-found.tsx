import Link from 'next/link';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import type { Insights } from '@/lib/api/insights.ts';
import { count, formatNumber } from '@/lib/format.ts';
import { itemPath } from '@/lib/path-id.ts';
import styles from './insights.module.css';

export function NeverFound({ neverFound }: { neverFound: Insights['neverFound'] }) {
  const { items, count: all, isExact } = neverFound;
  if (all === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="never">
      <h2 id="never">Items that no search has found</h2>
      <p className={styles.soft}>
        {isExact ? count(all, 'item') : `More than ${formatNumber(all)} items`}. Better pictures may help, or
        a rule that shows them.
      </p>
      <ul className={styles.tiles}>
        {items.map((item) => (
          <li key={item.id}>
            <Link href={itemPath(item.id)} className={styles.tile}>
              <ItemPicture item={item} width={320} className={styles.tilePicture} />
              <span>{item.title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
