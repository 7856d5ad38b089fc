import { Badge } from '@/components/ui/badge.tsx';
import type { MissedSearch } from '@/lib/api/insights.ts';
import { garmentName } from '@/lib/categories.ts';
import { formatShare, formatTime } from '@/lib/format.ts';
import styles from './insights.module.css';

/** The garments of searches that found nothing close, while their photos last. */
export function MissedSearches({ missed }: { missed: MissedSearch[] }) {
  if (missed.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="missed">
      <h2 id="missed">What they looked for and did not find</h2>
      <p className={styles.soft}>
        Each goes when the shopper’s photo does, a day after it was uploaded at most.
      </p>
      <ul className={styles.tiles}>
        {missed.map(({ garmentId, category, best, isNarrowed, cropUrl, notedAt }) => (
          <li key={garmentId} className={styles.tile}>
            <span className={styles.crop}>
              <img src={cropUrl} alt="" loading="lazy" />
            </span>
            <span>{garmentName({ category: category ?? null })}</span>
            <span className={styles.badges}>
              <Badge tone={best == null ? 'warn' : 'soft'}>
                {best == null ? 'No match' : `Best: ${formatShare(best)}`}
              </Badge>
              {isNarrowed && <Badge tone="soft">With filters</Badge>}
            </span>
            <small>{formatTime(notedAt)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
