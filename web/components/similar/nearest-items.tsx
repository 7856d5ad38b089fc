'use client';

import type { ReactNode } from 'react';
import grid from '@/components/items/item-grid.module.css';
import { Button } from '@/components/ui/button.tsx';
import type { Category, SimilarItem } from '@/lib/api/shapes.ts';
import type { SimilarQuestion } from '@/lib/api/similar.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { loadNearest, MOST_NEAREST, nearestQuestions } from '@/lib/nearest.ts';
import { nearestName } from '@/lib/query-keys.ts';
import styles from './similar-items.module.css';

interface NearestItemsProps {
  asked: SimilarQuestion;
  moment: string;
  /** Of the garment. */
  category: Category | null;
  /** Whether the visitor has filtered or refined. */
  narrowed: boolean;
  /** All matches so far, and those of them that are listed above. */
  listed: SimilarItem[];
  close: SimilarItem[];
  /** Null unless the visitor asked for them. */
  onHide: (() => void) | null;
  children(match: SimilarItem, index: number): ReactNode;
}

/**
 * The nearest of the items that are not close, under headings that say so: first what the filters leave, then, where that
 * is little, other categories.
 */
export function NearestItems(props: NearestItemsProps) {
  const { asked, moment, category, narrowed, listed, close, onHide, children } = props;
  const { t } = useWords();
  const questions = nearestQuestions(asked, category);
  const { value: found } = useLoaded(
    nearestName(questions, listed.length, moment),
    (signal) => loadNearest(questions, listed.length, signal),
    { arrives: true },
  );
  if (!found) return null;
  // What was counted beside the filters comes first.
  const left = without(close, [...listed, ...found.left]).slice(0, MOST_NEAREST);
  const others = without([...close, ...left], found.others).slice(0, MOST_NEAREST - left.length);
  if (left.length + others.length === 0) return null;
  const nearest = narrowed ? t('similar.left') : t('similar.nearest');
  return (
    <section aria-label={t('similar.lessList')} className={styles.nearest}>
      {left.length > 0 && (
        <>
          <h3>{close.length > 0 ? t('similar.less') : nearest}</h3>
          <ul className={grid.grid} aria-label={t('similar.lessList')}>
            {left.map((match, index) => (
              <li key={match.item.id}>{children(match, close.length + index)}</li>
            ))}
          </ul>
        </>
      )}
      {others.length > 0 && (
        <>
          <h3 id="others">{t('similar.others')}</h3>
          <ul className={grid.grid} aria-labelledby="others">
            {others.map((match, index) => (
              <li key={match.item.id}>{children(match, close.length + left.length + index)}</li>
            ))}
          </ul>
        </>
      )}
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

/** Each once, and none of those that stand above. */
function without(above: readonly SimilarItem[], matches: readonly SimilarItem[]): SimilarItem[] {
  const shown = new Set(above.map(({ item }) => item.id));
  return matches.filter(({ item }) => !shown.has(item.id) && shown.add(item.id));
}
