'use client';

import type { CSSProperties, ReactNode } from 'react';
import type { Garment } from '@/lib/api/shapes.ts';
import { sayGarment } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { sourceSet } from '@/lib/image-url.ts';
import styles from './outlined-photo.module.css';
import { placeLabel } from './place-label.ts';

interface OutlinedPhotoProps {
  /** Boxes and masks refer to this width and height. */
  picture: { url: string; width: number; height: number };
  alt: string;
  garments: Garment[];
  chosen?: string | null | undefined;
  highlighted?: string | null | undefined;
  /** Maximum height of the picture, as a CSS length. */
  mostHigh: string;
  sizes: string;
  onChoose?(id: string): void;
  onHighlight?(id: string | null): void;
  /** Placed over the whole picture. */
  children?: ReactNode;
}

/**
 * A picture with its garments: an outline around the chosen one, dots on the others, and one label. They only serve
 * pointers; keyboards use the list of garments.
 */
export function OutlinedPhoto(props: OutlinedPhotoProps) {
  const { picture, alt, garments, chosen, highlighted, mostHigh, sizes, onChoose, onHighlight, children } =
    props;
  const words = useWords();
  const { url, width, height } = picture;
  const lit = garments.find(({ id }) => id === highlighted);
  const named = lit ?? garments.find(({ id }) => id === chosen);
  const frame = `M0 0H${width}V${height}H0Z`;
  // Small garments are drawn last, so that a large one does not take their clicks.
  const byArea = [...garments].sort((a, b) => b.coverage - a.coverage);
  return (
    <div
      className={styles.frame}
      style={{ '--ratio': width / height, '--most-high': mostHigh } as CSSProperties}
    >
      <img
        src={url}
        srcSet={sourceSet(url)}
        sizes={sizes}
        alt={alt}
        width={width}
        height={height}
        fetchPriority="high"
      />
      <svg className={styles.overlay} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <path className={styles.shade} data-on={lit ? '' : undefined} d={lit ? frame + lit.mask : frame} />
        {byArea.map(({ id, category, mask }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: keyboards use the list of garments.
          <g
            key={id}
            className={styles.garment}
            data-garment={id}
            data-category={category ?? 'NONE'}
            data-chosen={id === chosen ? '' : undefined}
            data-highlighted={id === highlighted ? '' : undefined}
            onClick={() => onChoose?.(id)}
            onPointerEnter={({ pointerType }) => pointerType === 'mouse' && onHighlight?.(id)}
            onPointerLeave={() => onHighlight?.(null)}
          >
            <path className={styles.hit} d={mask} />
            <path className={styles.halo} d={mask} />
            <path className={styles.outline} d={mask} />
          </g>
        ))}
      </svg>
      <div className={styles.labels} aria-hidden="true">
        {garments
          .filter(({ id }) => id !== chosen && id !== highlighted)
          .map(({ id, box }) => (
            <span
              key={id}
              className={styles.dot}
              style={{
                left: percent((box.x1 + box.x2) / 2, width),
                top: percent((box.y1 + box.y2) / 2, height),
              }}
            />
          ))}
        {named && (
          <span className={styles.label} style={placeLabel(named.box, picture)}>
            {sayGarment(words, named)}
          </span>
        )}
      </div>
      {children}
    </div>
  );
}

function percent(value: number, whole: number): string {
  return `${(100 * value) / whole}%`;
}
