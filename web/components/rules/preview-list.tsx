import Link from 'next/link';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import type { RulePreview } from '@/lib/api/rules.ts';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { formatShare } from '@/lib/format.ts';
import { stockItemPath } from '@/lib/path-id.ts';
import styles from './rules.module.css';

interface PreviewListProps {
  title: string;
  items: ItemCard[];
  changes: RulePreview['changes'];
  /** Whether this list shows the results before or after the change. */
  side: 'from' | 'to';
  /** By item. With them, each leads to what staff see of it. */
  scores?: RulePreview['scores'];
}

/** The first items in order. Items that the rule moves are highlighted, with their old or new place. */
export function PreviewList({ title, items, changes, side, scores }: PreviewListProps) {
  return (
    <div className={styles.sideList}>
      <h3>{title}</h3>
      <ol className={styles.places}>
        {items.map((item, index) => {
          const change = changes.get(item.id);
          const words = change && wordsOf(change, side);
          const picture = (
            <ItemPicture item={item} alt={item.title} className={styles.thumb}>
              <span className={styles.number}>{index + 1}</span>
            </ItemPicture>
          );
          return (
            <li key={item.id} data-change={words?.kind} title={item.title}>
              {scores ? <Link href={stockItemPath(item.id)}>{picture}</Link> : picture}
              {scores && <span className={styles.score}>{formatShare(scores.get(item.id) ?? 0)}</span>}
              <span className={styles.moved}>{words?.text}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function wordsOf({ from, to }: { from: number | null; to: number | null }, side: 'from' | 'to') {
  if (side === 'from') return to === null ? { kind: 'gone', text: 'gone' } : undefined;
  if (from === null) return { kind: 'up', text: 'new' };
  if (to === null) return undefined;
  return to < from ? { kind: 'up', text: `↑ from ${from}` } : { kind: 'down', text: `↓ from ${from}` };
}
