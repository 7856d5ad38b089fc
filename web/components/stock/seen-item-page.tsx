'use client';

import { useEffect } from 'react';
import { ItemTools } from '@/components/items/item-tools.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { loadSeenItem, type SeenItem } from '@/lib/api/stock.ts';
import { CATEGORY_NAMES } from '@/lib/categories.ts';
import { count, formatTime } from '@/lib/format.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { itemPath } from '@/lib/path-id.ts';
import styles from './seen.module.css';
import { SeenPicture } from './seen-picture.tsx';
import { StateBadge } from './state-badge.tsx';

/** An item for the shop's staff: its pictures, what the parser saw in each, and what searches match. */
export function SeenItemPage({ id }: { id: string }) {
  const { value: item, error, reload } = useLoaded(`seen item ${id}`, (signal) => loadSeenItem(id, signal));
  const title = item?.title;
  useEffect(() => {
    if (title) document.title = `${title} · Armoire`;
  }, [title]);
  if (item === null || error?.code === 'INVALID_INPUT') return <NoSuchItem />;
  if (error) return <Failure error={error} onRetry={reload} />;
  if (!item) {
    return (
      <div role="status" aria-label="Loading the item">
        <Skeleton className={styles.place} />
      </div>
    );
  }
  return <Seen item={item} onChange={reload} />;
}

function Seen({ item, onChange }: { item: SeenItem; onChange(): void }) {
  const { id, title, brand, category, pictures, failure, failed } = item;
  const garments = pictures.flatMap((picture) => picture.garments);
  return (
    <>
      <div className={styles.head}>
        <p className={styles.back}>
          <ButtonLink kind="quiet" href="/manage/items">
            ← All items
          </ButtonLink>
        </p>
        <h1>{title}</h1>
        <p className={styles.soft}>
          <StateBadge item={item} />{' '}
          {[id, brand, category && CATEGORY_NAMES[category]].filter(Boolean).join(' · ')}
        </p>
        <p className={styles.soft}>Last changed {formatTime(item.updatedAt)}</p>
        <div className={styles.links}>
          <ButtonLink href={itemPath(id)}>The item’s page</ButtonLink>
          {garments.some(({ isMatched }) => isMatched) && (
            <ButtonLink href={`/manage/similar?item=${encodeURIComponent(id)}`}>
              Try a search with it
            </ButtonLink>
          )}
        </div>
      </div>
      {failure && (
        <Notice
          kind={failed ? 'failure' : 'plain'}
          title={failed ? 'It could not be read' : 'Searches do not find it'}
        >
          <p>{failure}</p>
        </Notice>
      )}
      <section className={styles.seen} aria-labelledby="seen">
        <h2 id="seen">What the parser saw</h2>
        <p className={styles.soft}>
          {pictures.length === 0
            ? 'There is no picture of it yet.'
            : `${count(garments.length, 'garment')} in ${count(pictures.length, 'picture')}. Choose one to see its outline.`}
        </p>
        <ol className={styles.pictures}>
          {pictures.map((picture, index) => (
            // Another garment may be matched after a change.
            <li key={`${picture.url} ${item.updatedAt}`}>
              <SeenPicture picture={picture} title={title} name={`Picture ${index + 1}`} />
            </li>
          ))}
        </ol>
      </section>
      <ItemTools id={id} isLeftOut={item.unmatched} onChange={onChange} />
    </>
  );
}

function NoSuchItem() {
  return (
    <Notice
      heading="h1"
      title="The shop has no such item"
      actions={
        <ButtonLink kind="primary" href="/manage/items">
          All items
        </ButtonLink>
      }
    >
      <p>It may have been deleted, or its address was mistyped.</p>
    </Notice>
  );
}
