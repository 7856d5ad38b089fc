import type { ReactNode } from 'react';
import { Figure, Figures } from '@/components/ui/figures.tsx';
import type { Health } from '@/lib/api/health.ts';
import { count, formatAge, formatBytes, formatNumber, formatPercent, formatTime } from '@/lib/format.ts';
import styles from './health.module.css';

/** The recall that the index promises (docs/sizing.md). */
const GOOD_RECALL = 0.98;

export function HealthFigures({ health }: { health: Health }) {
  const { index, queue, items } = health;
  return (
    <>
      <Recall health={health} />
      <Part id="index" name="Index">
        {index && (
          <>
            <Figures>
              <Figure name="vectors">{formatNumber(index.vectors)}</Figure>
              <Figure name="size">{formatBytes(index.bytes)}</Figure>
              <Figure name="since its latest vector">
                {index.latestAt ? formatAge(index.latestAt) : '–'}
              </Figure>
              <Figure name="rows to vacuum">
                {index.deadRows == null ? '–' : formatNumber(index.deadRows)}
              </Figure>
              <Figure name="state" tone={index.isValid ? undefined : 'warn'}>
                {index.isValid ? 'Whole' : 'Being built'}
              </Figure>
            </Figures>
            <p className={styles.soft}>
              Made {formatTime(index.builtAt)}
              {index.vacuumedAt ? `, last vacuumed ${formatTime(index.vacuumedAt)}` : ''}. Model:{' '}
              {health.model}.{' '}
              {health.engine === 'EMBEDDED'
                ? 'The database is the embedded one, for trying Armoire and for small shops.'
                : 'The database is a PostgreSQL server.'}
            </p>
          </>
        )}
      </Part>
      <Part id="queue" name="Queue">
        {queue && (
          <Figures>
            <Figure name="tasks waiting">{formatNumber(queue.waiting)}</Figure>
            <Figure name="being worked on">{formatNumber(queue.running)}</Figure>
            <Figure name="wait of the oldest">
              {queue.oldestSeconds == null ? 'None' : `${formatNumber(queue.oldestSeconds)} s`}
            </Figure>
          </Figures>
        )}
      </Part>
      <Part id="items" name="Items">
        {items && (
          <Figures>
            <Figure name="ready">{formatNumber(items.ready)}</Figure>
            <Figure name="still to be read">{formatNumber(items.pending)}</Figure>
            <Figure name="could not be read" tone={items.failed > 0 ? 'warn' : undefined}>
              {formatNumber(items.failed)}
            </Figure>
          </Figures>
        )}
      </Part>
    </>
  );
}

function Recall({ health: { recallAt20, sample } }: { health: Health }) {
  if (recallAt20 == null) {
    return (
      <section className={styles.recall} data-tone="none" aria-labelledby="recall">
        <h2 id="recall">Recall of the nearest 20</h2>
        <p>Nothing could be measured: no item is ready, or the database was too busy.</p>
      </section>
    );
  }
  const good = recallAt20 >= GOOD_RECALL;
  return (
    <section className={styles.recall} data-tone={good ? 'good' : 'warn'} aria-labelledby="recall">
      <h2 id="recall">Recall of the nearest 20</h2>
      <p className={styles.great}>{formatPercent(recallAt20)}</p>
      <p>
        Of the 20 items that are truly nearest, the index finds {formatPercent(recallAt20)}, measured with{' '}
        {count(sample, 'item')}.{' '}
        {good
          ? 'That is as it should be.'
          : `It should be ${formatPercent(GOOD_RECALL)} or more: reindex, or vacuum.`}
      </p>
    </section>
  );
}

/** `children` are its figures, if they could be counted in time. */
function Part({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      {children ?? <p className={styles.soft}>Counting took too long this time. Refresh to try once more.</p>}
    </section>
  );
}
