'use client';

import type { ReactNode } from 'react';
import grid from '@/components/items/item-grid.module.css';
import { Button } from '@/components/ui/button.tsx';
import type { SimilarItem } from '@/lib/api/shapes.ts';
import { loadNearest, type SimilarQuestion } from '@/lib/api/similar.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { nearestName } from '@/lib/query-keys.ts';
import { MOST_NEAREST, nearestQuestion } from '@/lib/similar-question.ts';
import styles from './similar-items.module.css';

interface NearestItemsProps {
  asked: SimilarQuestion;
  moment: string;
  /** All matches so far, and those of them that are listed above. */
  listed: SimilarItem[];
  close: SimilarItem[];
  /** Null unless the visitor asked for them. */
  onHide: (() => void) | null;
  children(match: SimilarItem, index: number): ReactNode;
}

/** The nearest of the items that are not close, under a heading that says so. */
export function NearestItems({ asked, moment, listed, close, onHide, children }: NearestItemsProps) {
  const { t } = useWords();
  const { value: found = [] } = useLoaded(
    nearestName(asked, listed.length, moment),
    (signal) => loadNearest(nearestQuestion(asked), listed.length, signal),
    { arrives: true },
  );
  const above = new Set(close.map(({ item }) => item.id));
  const nearest = found.filter(({ item }) => !above.has(item.id)).slice(0, MOST_NEAREST);
  if (nearest.length === 0) return null;
  return (
    <section aria-labelledby="nearest" className={styles.nearest}>
      <h3 id="nearest">{close.length > 0 ? t('similar.less') : t('similar.nearest')}</h3>
      <ul className={grid.grid} aria-label={t('similar.lessList')}>
        {nearest.map((match, index) => (
          <li key={match.item.id}>{children(match, close.length + index)}</li>
        ))}
      </ul>
      {onHide && (
        <p className={styles.end}>
          <Button kind="quiet" onClick={onHide}>
            {t('similar.hide')}
          </Button>
        </p>
      )}
    </section>
  );
}
