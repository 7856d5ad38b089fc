import { Progress } from '@/components/ui/progress.tsx';
import { count } from '@/lib/format.ts';
import styles from './catalogue.module.css';

/** `137 of 220 items ready` while the catalogue is being parsed, then the number of items. */
export function ReadingProgress({ total, pending }: { total: number; pending: number }) {
  if (pending === 0) return <p>{count(total, 'item')}</p>;
  const ready = `${total - pending} of ${total} items ready`;
  return (
    <div className={styles.reading}>
      <p role="status">{ready}</p>
      <Progress share={total > 0 ? (total - pending) / total : null} label={ready} />
    </div>
  );
}
