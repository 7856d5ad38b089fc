'use client';

import { ItemTile } from '@/components/items/item-tile.tsx';
import type { SimilarItem } from '@/lib/api/shapes.ts';
import { watchItem } from '@/lib/events.ts';
import type { SetRefinement } from '@/lib/hooks/use-refinement.ts';
import { MOST_EXAMPLES, type RefinementState } from '@/lib/refinement.ts';
import styles from './match-tile.module.css';
import { ScoreBar } from './score-bar.tsx';

interface MatchTileProps {
  match: SimilarItem;
  refinement: RefinementState;
  onRefine: SetRefinement;
}

/** A match: the item, its score, why it matches, and buttons for more or fewer items like it. */
export function MatchTile({ match, refinement, onRefine }: MatchTileProps) {
  const { item, score, reason, variantCount } = match;
  return (
    <div className={styles.match} {...watchItem(item.id)}>
      <ItemTile item={item}>
        {variantCount > 1 && <span className={styles.variants}>{variantCount} variants</span>}
        <ScoreBar score={score} />
        {reason && <span className={styles.reason}>{sentence(reason)}</span>}
      </ItemTile>
      <div className={styles.opinions}>
        {(['more', 'less'] as const).map((opinion) => (
          <button
            key={opinion}
            type="button"
            className={styles.opinion}
            aria-pressed={refinement[opinion].includes(item.id)}
            aria-label={`${NAMES[opinion]} like ${item.title}`}
            onClick={() => onRefine(withOpinion(refinement, opinion, item.id))}
          >
            {NAMES[opinion]} like this
          </button>
        ))}
      </div>
    </div>
  );
}

const NAMES = { more: 'More', less: 'Less' } as const;

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

function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
