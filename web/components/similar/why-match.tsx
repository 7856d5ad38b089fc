'use client';

import type { RefObject } from 'react';
import type { SimilarItem } from '@/lib/api/shapes.ts';
import { closeOnEscape, useCloseOutside } from '@/lib/hooks/use-close-outside.ts';
import { currentRefinement, type SetRefinement } from '@/lib/hooks/use-refinement.ts';
import { asSentence, sayShare } from '@/lib/i18n/say.ts';
import { sayReason } from '@/lib/i18n/say-reason.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { MOST_EXAMPLES, type RefinementState } from '@/lib/refinement.ts';
import styles from './match-tile.module.css';

interface WhyMatchProps {
  details: RefObject<HTMLDetailsElement | null>;
  match: SimilarItem;
  refinement: RefinementState;
  onRefine: SetRefinement;
}

/** Over a match's picture: on hover the figure and the reason, and behind "why?" also more or fewer like it. */
export function WhyMatch({ details, match, refinement, onRefine }: WhyMatchProps) {
  const { item, score, reason } = match;
  const words = useWords();
  const { t } = words;
  useCloseOutside(details);
  const figure = t('similar.match', { share: sayShare(words, score) });
  return (
    <div className={styles.over}>
      <p className={styles.hint} aria-hidden="true">
        <strong>{figure}</strong>
        {reason && asSentence(words, sayReason(words, reason))}
      </p>
      <details ref={details} className={styles.why} onKeyDown={closeOnEscape}>
        <summary aria-label={t('similar.why', { title: item.title })}>
          <span aria-hidden="true">?</span>
        </summary>
        <div className={styles.panel}>
          <p className={styles.figure}>{figure}</p>
          {reason && <p>{asSentence(words, sayReason(words, reason))}</p>}
          <p className={styles.small}>{t('similar.agree', { share: sayShare(words, score) })}</p>
          {(['more', 'less'] as const).map((opinion) => (
            <button
              key={opinion}
              type="button"
              className={styles.opinion}
              aria-pressed={refinement[opinion].includes(item.id)}
              aria-label={t(opinion === 'more' ? 'similar.moreLikeItem' : 'similar.lessLikeItem', {
                title: item.title,
              })}
              onClick={() => onRefine(withOpinion(currentRefinement(), opinion, item.id))}
            >
              {t(opinion === 'more' ? 'similar.moreLike' : 'similar.lessLike')}
            </button>
          ))}
        </div>
      </details>
    </div>
  );
}

/** Repeating an opinion removes it; the newest ones are kept. An item cannot be both liked and disliked. */
function withOpinion(
  state: RefinementState,
  opinion: 'more' | 'less',
  id: string,
): Pick<RefinementState, 'more' | 'less'> {
  const without = (ids: readonly string[]) => ids.filter((other) => other !== id);
  const changed = { more: without(state.more), less: without(state.less) };
  if (state[opinion].includes(id)) return changed;
  return { ...changed, [opinion]: [...changed[opinion], id].slice(-MOST_EXAMPLES) };
}
