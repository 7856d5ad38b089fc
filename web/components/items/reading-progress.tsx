'use client';

import { Progress } from '@/components/ui/progress.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './catalogue.module.css';

/** `137 of 220 items ready` while the catalogue is being parsed, then the number of items. */
export function ReadingProgress({ total, pending }: { total: number; pending: number }) {
  const { t } = useWords();
  if (pending === 0) return <p>{t('items.count', { count: total })}</p>;
  const ready = t('items.ready', { ready: total - pending, total });
  return (
    <div className={styles.reading}>
      <p role="status">{ready}</p>
      <Progress share={total > 0 ? (total - pending) / total : null} label={ready} />
    </div>
  );
}
