'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { useWords } from '@/lib/i18n/use-words.ts';
import { extended, isClosed, type Outline, outlinePath } from '@/lib/outline.ts';
import type { Size } from '@/lib/region.ts';
import styles from './region-drawer.module.css';

interface OutlineDrawerProps {
  /** Size of the picture below, in the pixels of outlines. */
  size: Size;
  outline: Outline;
  busy: boolean;
  onChange(outline: Outline): void;
  onCancel(): void;
}

/** Covers a picture: a free outline is drawn with pointer or finger. Keyboards draw a box instead. */
export function OutlineDrawer({ size, outline, busy, onChange, onCancel }: OutlineDrawerProps) {
  const { t } = useWords();
  const path = useRef<Outline | null>(null);
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => layer.current?.focus({ preventScroll: true }), []);
  const pointOf = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return [((clientX - left) / width) * size.width, ((clientY - top) / height) * size.height] as const;
  };
  const draw = (event: PointerEvent<HTMLElement>, before: Outline) => {
    path.current = extended(before, pointOf(event), size);
    onChange(path.current);
  };
  const end = () => {
    // A tap, or a line without an inside, outlines nothing.
    if (path.current && !isClosed(path.current)) onChange([]);
    path.current = null;
  };
  const frame = `M0 0H${size.width}V${size.height}H0Z`;
  return (
    <div
      ref={layer}
      role="img"
      aria-label={t('photo.outlineArea')}
      tabIndex={-1}
      className={styles.canvas}
      onKeyDown={({ key }: KeyboardEvent) => key === 'Escape' && onCancel()}
      onPointerDown={(event) => {
        if (busy || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        draw(event, []);
      }}
      onPointerMove={(event) => path.current && draw(event, path.current)}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <svg className={styles.outlined} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
        <path className={styles.veil} d={frame + outlinePath(outline)} />
        <path className={styles.line} d={outlinePath(outline)} />
      </svg>
    </div>
  );
}
