'use client';

import { useRef } from 'react';
import { ItemTile } from '@/components/items/item-tile.tsx';
import { SeeItOn } from '@/components/try-on/see-it-on.tsx';
import type { SimilarItem } from '@/lib/api/shapes.ts';
import { watchItem } from '@/lib/events.ts';
import { useLongPress } from '@/lib/hooks/use-long-press.ts';
import type { SetRefinement } from '@/lib/hooks/use-refinement.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import type { RefinementState } from '@/lib/refinement.ts';
import styles from './match-tile.module.css';
import { WhyMatch } from './why-match.tsx';

interface MatchTileProps {
  match: SimilarItem;
  /** On the first screen. */
  isFirst?: boolean;
  /** The garment of the visitor's own photo on which the match can be seen, if there is one. */
  seeOn?: string | null;
  refinement: RefinementState;
  onRefine: SetRefinement;
}

/** A match: picture, a word on how close it is, title and price. Figure and reason wait behind "why?", which a long press opens too. */
export function MatchTile({ match, isFirst = false, seeOn = null, refinement, onRefine }: MatchTileProps) {
  const { item, closeness, variantCount } = match;
  const { t } = useWords();
  const why = useRef<HTMLDetailsElement>(null);
  const longPress = useLongPress(() => {
    if (why.current) why.current.open = true;
  });
  const word = closeness === 'DISTANT' ? null : t(`similar.closeness.${closeness}`);
  return (
    <div className={styles.match} {...watchItem(item.id)} {...longPress}>
      <ItemTile
        item={item}
        brief
        isFirst={isFirst}
        above={
          word && (
            <span className={styles.word} data-closeness={closeness}>
              {word}
            </span>
          )
        }
      >
        {variantCount > 1 && (
          <span className={styles.variants}>{t('similar.variants', { count: variantCount })}</span>
        )}
      </ItemTile>
      <WhyMatch details={why} match={match} refinement={refinement} onRefine={onRefine} />
      {seeOn && <SeeItOn garmentId={seeOn} item={item} />}
    </div>
  );
}
