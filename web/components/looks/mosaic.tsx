import { ItemPicture } from '@/components/items/item-picture.tsx';
import type { ItemCard } from '@/lib/api/shapes.ts';
import styles from './looks.module.css';

const SHOWN = 3;

/** The pictures of a look: its first item large, the next two beside it, and how many more there are. */
export function Mosaic({ items }: { items: ItemCard[] }) {
  const shown = items.slice(0, SHOWN);
  const more = items.length - shown.length;
  return (
    <span className={styles.mosaic}>
      {shown.map((item, index) => (
        <ItemPicture key={item.id} item={item} width={320} className={styles.piece}>
          {more > 0 && index === SHOWN - 1 && (
            <span className={styles.more} aria-hidden="true">
              +{more}
            </span>
          )}
        </ItemPicture>
      ))}
    </span>
  );
}
