'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { CompleteTheLook } from '@/components/outfits/complete-the-look.tsx';
import { SimilarItems } from '@/components/similar/similar-items.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { loadItem } from '@/lib/api/items.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useIsMerchandiser } from '@/lib/hooks/use-session.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { itemName } from '@/lib/query-keys.ts';
import { ItemFacts } from './item-facts.tsx';
import styles from './item-page.module.css';
import { ItemPictures } from './item-pictures.tsx';
import { ItemSkeleton } from './item-skeleton.tsx';
import { WayBack } from './way-back.tsx';

// For the shop's people alone, and in English: shoppers do not load it.
const ItemTools = dynamic(() => import('./item-tools.tsx').then((file) => file.ItemTools), { ssr: false });

export function ItemPage({ id }: { id: string }) {
  const {
    value: item,
    error,
    reload,
  } = useLoaded(itemName(id), (signal) => loadItem(id, signal), {
    arrives: true,
  });
  const { t } = useWords();
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
            given={t('item.given')}
            changes={changes}
          />
          <SimilarItems
            key={item.id}
            to={{ itemId: item.id }}
            title={t('similar.list')}
            what={t('similar.item')}
            category={item.category}
            changes={changes}
          />
        </>
      )}
    </>
  );
}

export function UnknownItem() {
  const { t } = useWords();
  return (
    <Notice
      heading="h1"
      title={t('item.unknown')}
      actions={
        <ButtonLink kind="primary" href="/items">
          {t('action.browse')}
        </ButtonLink>
      }
    >
      <p>{t('item.unknownText')}</p>
    </Notice>
  );
}
