'use client';

import { useEffect, useState } from 'react';
import { CompleteTheLook } from '@/components/outfits/complete-the-look.tsx';
import { SimilarItems } from '@/components/similar/similar-items.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { loadItem } from '@/lib/api/items.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useIsMerchandiser } from '@/lib/hooks/use-session.ts';
import { itemName } from '@/lib/query-keys.ts';
import { ItemFacts } from './item-facts.tsx';
import styles from './item-page.module.css';
import { ItemPictures } from './item-pictures.tsx';
import { ItemSkeleton } from './item-skeleton.tsx';
import { ItemTools } from './item-tools.tsx';
import { WayBack } from './way-back.tsx';

export function ItemPage({ id }: { id: string }) {
  const {
    value: item,
    error,
    reload,
  } = useLoaded(itemName(id), (signal) => loadItem(id, signal), {
    arrives: true,
  });
  const mayManage = useIsMerchandiser();
  // Grows with each change, since the item's primary garment may be another one afterwards.
  const [changes, setChanges] = useState(0);
  const title = item?.title;
  useEffect(() => {
    if (title) document.title = `${title} · Armoire`;
  }, [title]);

  const onChange = () => {
    reload();
    setChanges((before) => before + 1);
  };
  if (error?.code === 'NOT_FOUND' || item === null) return <UnknownItem />;
  if (error) return <Failure error={error} onRetry={reload} />;
  if (!item) return <ItemSkeleton />;
  return (
    <>
      <WayBack />
      <article className={styles.item}>
        <ItemPictures key={item.id} item={item} />
        <ItemFacts item={item} />
      </article>
      {mayManage && (
        <ItemTools key={`tools ${item.id}`} id={item.id} isLeftOut={item.unmatched} onChange={onChange} />
      )}
      {!item.pending && !item.remark && (
        <>
          <CompleteTheLook
            key={`outfits ${item.id}`}
            to={{ itemId: item.id }}
            given="What you chose"
            changes={changes}
          />
          <SimilarItems
            key={item.id}
            to={{ itemId: item.id }}
            title="Similar items"
            what="this item"
            category={item.category}
            changes={changes}
          />
        </>
      )}
    </>
  );
}

export function UnknownItem() {
  return (
    <Notice
      heading="h1"
      title="The shop has no such item"
      actions={
        <ButtonLink kind="primary" href="/items">
          Browse the catalogue
        </ButtonLink>
      }
    >
      <p>It may have been sold and taken out of the catalogue.</p>
    </Notice>
  );
}
