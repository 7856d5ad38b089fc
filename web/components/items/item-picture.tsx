import type { ReactNode } from 'react';
import { atWidth } from '@/lib/image-url.ts';
import styles from './item-picture.module.css';

interface ItemPictureProps {
  item: { imageUrl?: string | null } | null | undefined;
  /** Empty if the item's name is next to it. */
  alt?: string;
  width?: 160 | 320;
  className?: string | undefined;
  /** Shown over the picture, or in its place. */
  children?: ReactNode;
}

/** An item's thumbnail in a list, with the same shape whether or not there is a picture. */
export function ItemPicture({ item, alt = '', width = 160, className, children }: ItemPictureProps) {
  return (
    <span className={`${styles.picture} ${className ?? ''}`}>
      {item?.imageUrl && <img src={atWidth(item.imageUrl, width)} alt={alt} loading="lazy" />}
      {children}
    </span>
  );
}
