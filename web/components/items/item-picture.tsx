import type { ReactNode } from 'react';
import { atWidth } from '@/lib/image-url.ts';
import styles from './item-picture.module.css';

interface ItemPictureProps {
  item: { imageUrl?: string | null } | null | undefined;
  /** Empty where the item is named beside it. */
  alt?: string;
  width?: 160 | 320;
  className?: string | undefined;
  /** Upon the picture, or in its stead. */
  children?: ReactNode;
}

/** An item's small picture in a list, of the same shape whether or not it has one. */
export function ItemPicture({ item, alt = '', width = 160, className, children }: ItemPictureProps) {
  return (
    <span className={`${styles.picture} ${className ?? ''}`}>
      {item?.imageUrl && <img src={atWidth(item.imageUrl, width)} alt={alt} loading="lazy" />}
      {children}
    </span>
  );
}
