'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { atWidth, sourceSet } from '@/lib/image-url.ts';
import { itemPath } from '@/lib/path-id.ts';
import styles from './item-tile.module.css';
import { Price } from './price.tsx';

interface ItemTileProps {
  item: ItemCard;
  /** Without the brand. */
  brief?: boolean;
  /** On the first screen: its picture does not wait until it comes near the window. */
  isFirst?: boolean;
  /** Above its title. */
  above?: ReactNode;
  /** Below its text. */
  children?: ReactNode;
}

/** As many are on the first screen of most windows. */
export const FIRST_TILES = 4;

/** An item in a grid. */
export function ItemTile({ item, brief = false, isFirst = false, above, children }: ItemTileProps) {
  const { t } = useWords();
  return (
    <Link href={itemPath(item.id)} prefetch={false} className={styles.tile}>
      <span className={styles.picture}>
        {item.imageUrl && (
          <img
            src={atWidth(item.imageUrl, 320)}
            srcSet={sourceSet(item.imageUrl, 640)}
            sizes="(max-width: 40rem) calc(50vw - 1.5rem), 16rem"
            alt=""
            loading={isFirst ? 'eager' : 'lazy'}
            {...(isFirst && { fetchPriority: 'high' })}
          />
        )}
        {item.isDrawn && (
          <span className={styles.badge}>
            <Badge>{t('items.drawn')}</Badge>
          </span>
        )}
        {item.pending && <span className={styles.waiting}>{t('items.pending')}</span>}
        {item.failed && <span className={styles.waiting}>{t('items.failed')}</span>}
        {item.unmatched && <span className={styles.waiting}>{t('items.unmatched')}</span>}
      </span>
      <span className={styles.words}>
        {above}
        {!brief && item.brand && <span className={styles.brand}>{item.brand}</span>}
        <span className={styles.title}>{item.title}</span>
        <Price price={item.price} formerPrice={item.formerPrice} />
        {item.availability !== 'IN_STOCK' && (
          <span className={styles.stock}>{t(`items.availability.${item.availability}`)}</span>
        )}
        {children}
      </span>
    </Link>
  );
}
