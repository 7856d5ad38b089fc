'use client';

import { Badge } from '@/components/ui/badge.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import type { OutfitList } from '@/lib/api/outfit-shapes.ts';
import type { Builder } from '@/lib/hooks/use-builder.ts';
import type { Loaded } from '@/lib/hooks/use-loaded.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { outfitKey } from '@/lib/outfit-choice.ts';
import { outfitName, outfitTitle } from '@/lib/outfit-words.ts';
import { Collage } from './collage.tsx';
import styles from './more-ideas.module.css';
import { Total } from './total.tsx';

/** Other outfits with the pieces that the visitor keeps. */
export function MoreIdeas({ builder, ideas }: { builder: Builder; ideas: Loaded<OutfitList> }) {
  const words = useWords();
  const { t } = words;
  const { value: list, error, reload } = ideas;
  // The notes say why there are none.
  if (list?.empty) return null;
  return (
    <section className={styles.ideas} aria-labelledby="ideas">
      <h2 id="ideas">{t('outfit.ideas')}</h2>
      {error && <Failure error={error} onRetry={reload} />}
      {!list && !error && <Waiting />}
      {list && (
        <ul className={styles.row} aria-label={t('outfit.ideas')}>
          {list.outfits.map((outfit) => (
            <li key={outfit.id}>
              <button
                type="button"
                className={styles.idea}
                aria-pressed={outfitKey(outfit) === outfitKey(builder.outfit)}
                aria-label={outfitName(words, outfit)}
                onClick={() =>
                  builder.take(outfit, t('outfit.said.now', { piece: outfitName(words, outfit) }))
                }
              >
                <Collage pieces={outfit.pieces} label={null} sizes="8rem" />
                {outfit.isShops && (
                  <span className={styles.badge}>
                    <Badge tone="good">{t('outfits.shops')}</Badge>
                  </span>
                )}
                <span className={styles.words}>{outfitTitle(words, outfit)}</span>
                <Total outfit={outfit} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Waiting() {
  const { t } = useWords();
  return (
    <div className={styles.row} role="status" aria-label={t('outfit.loadingIdeas')}>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((name) => (
        <Skeleton key={name} className={styles.place} />
      ))}
    </div>
  );
}
