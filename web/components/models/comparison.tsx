'use client';

import { ItemPicture } from '@/components/items/item-picture.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Figure, Figures } from '@/components/ui/figures.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { compareModels } from '@/lib/api/models.ts';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { count, formatNumber, formatShare } from '@/lib/format.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import styles from './models.module.css';

/** How a model's nearest items differ from those of the model in use: overall, and for the items that change most. */
export function Comparison({ id }: { id: string }) {
  const {
    value: found,
    error,
    reload,
  } = useLoaded(`comparison ${id}`, (signal) => compareModels(id, signal));
  if (error) return <Failure error={error} onRetry={reload} />;
  if (!found) {
    return (
      <div role="status">
        <p>Comparing takes up to ten seconds…</p>
        <Progress share={null} label="Comparing the models" />
      </div>
    );
  }
  return (
    <div className={styles.comparison}>
      <Figures>
        <Figure name="of the ten nearest are the same">
          {found.overlap === null ? '–' : formatShare(found.overlap)}
        </Figure>
        <Figure name="places moved, on average">
          {found.rankChange === null ? '–' : formatNumber(found.rankChange, 1)}
        </Figure>
        <Figure name="items asked with">{formatNumber(found.sample)}</Figure>
      </Figures>
      {found.examples.length > 0 && <h3>What changes most</h3>}
      {found.examples.map(({ item, before, after, overlap }) => (
        <div key={item.id} className={styles.example}>
          <div className={styles.asked}>
            <ItemPicture item={item} />
            <p>
              {item.title}
              <span className={styles.soft}>{formatShare(overlap)} the same</span>
            </p>
          </div>
          <Nearest title="Now" items={before} others={after} />
          <Nearest title="With this model" items={after} others={before} />
        </div>
      ))}
    </div>
  );
}

/** Highlights the items that are not in the other list. */
function Nearest({ title, items, others }: { title: string; items: ItemCard[]; others: ItemCard[] }) {
  const known = new Set(others.map(({ id }) => id));
  const own = items.filter(({ id }) => !known.has(id)).length;
  return (
    <div className={styles.nearest}>
      <p className={styles.soft}>
        {title}
        <span className="visually-hidden">: {count(own, 'item')} only here</span>
      </p>
      <ol className={styles.places}>
        {items.map((item) => (
          <li key={item.id} title={item.title} data-own={known.has(item.id) ? undefined : ''}>
            <ItemPicture item={item} alt={item.title} className={styles.picture} />
          </li>
        ))}
      </ol>
    </div>
  );
}
