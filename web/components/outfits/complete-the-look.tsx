'use client';

import { type ReactNode, useId } from 'react';
import { Failure } from '@/components/ui/failure.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { loadOutfits, type OutfitsTo } from '@/lib/api/outfits.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useNear } from '@/lib/hooks/use-near.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { USUAL_DIVERSITY } from '@/lib/outfit-address.ts';
import { outfitsName } from '@/lib/query-keys.ts';
import styles from './complete-the-look.module.css';
import { NoOutfits } from './no-outfits.tsx';
import { OutfitCard } from './outfit-card.tsx';

interface CompleteTheLookProps {
  to: OutfitsTo;
  /** What the visitor started from: `What you chose`. */
  given: string;
  /** How often the target of `to` was changed on this page; each change reloads the outfits. */
  changes?: number;
  /** What else can be tried if there are none. */
  instead?: ReactNode;
  /** Controls between the heading and the outfits. */
  children?: ReactNode;
}

/** Outfits around what the visitor looks at, loaded once the section comes near the window. */
export function CompleteTheLook({ to, given, changes = 0, instead, children }: CompleteTheLookProps) {
  const { t } = useWords();
  const [section, near] = useNear<HTMLElement>();
  const heading = useId();
  return (
    <section ref={section} aria-labelledby={heading} className={styles.section} id="outfits">
      <h2 id={heading}>{t('outfits.title')}</h2>
      {children}
      {near ? <Outfits to={to} given={given} changes={changes} instead={instead} /> : <Waiting />}
    </section>
  );
}

const COUNT = 5;

function Outfits({ to, given, changes, instead }: Omit<CompleteTheLookProps, 'children'>) {
  const { t } = useWords();
  const question = {
    to,
    slots: null,
    count: COUNT,
    diversity: USUAL_DIVERSITY,
    locked: [],
    budget: null,
    filter: {},
    seed: 0,
  };
  const {
    value: list,
    error,
    reload,
  } = useLoaded(`${outfitsName(question)} ${changes}`, (signal) => loadOutfits(question, signal));
  if (error) return <Failure error={error} onRetry={reload} />;
  if (!list) return <Waiting />;
  if (list.empty) {
    return (
      <NoOutfits empty={list.empty} onRetry={reload}>
        {instead}
      </NoOutfits>
    );
  }
  return (
    <>
      <p className="visually-hidden" role="status">
        {t('outfits.count', { count: list.outfits.length })}
      </p>
      <ul className={styles.row} aria-label={t('outfits.list')}>
        {list.outfits.map((outfit) => (
          <li key={outfit.id}>
            <OutfitCard outfit={outfit} to={to} given={given} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Waiting() {
  const { t } = useWords();
  return (
    <div className={styles.row} role="status" aria-label={t('outfits.loading')}>
      {['a', 'b', 'c', 'd', 'e'].map((name) => (
        <div key={name}>
          <Skeleton className={styles.placePicture} />
          <Skeleton className={styles.placeWords} />
        </div>
      ))}
    </div>
  );
}
