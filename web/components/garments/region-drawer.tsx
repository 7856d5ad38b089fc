'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { useWords } from '@/lib/i18n/use-words.ts';
import {
  between,
  type Drag,
  dragAt,
  isLargeEnough,
  middle,
  moved,
  type Region,
  resized,
  type Size,
} from '@/lib/region.ts';
import styles from './region-drawer.module.css';

interface RegionDrawerProps {
  /** Size of the picture below, in the pixels of regions. */
  size: Size;
  region: Region;
  busy: boolean;
  onChange(region: Region): void;
  onDone(): void;
  onCancel(): void;
}

/** How far an arrow key moves the box, as a share of the picture. */
const STEP = 0.02;

const DIRECTIONS = new Map<string, readonly [number, number]>([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
]);

/**
 * Covers a picture: a box is drawn with pointer or finger; it is moved by its middle and sized by its corners, or by the
 * arrow keys.
 */
export function RegionDrawer({ size, region, busy, onChange, onDone, onCancel }: RegionDrawerProps) {
  const { t } = useWords();
  // What the pointer drags: a new box from a corner, or the whole box.
  const drag = useRef<Drag | null>(null);
  const box = useRef<HTMLButtonElement>(null);
  useEffect(() => box.current?.focus({ preventScroll: true }), []);

  const pointOf = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return [((clientX - left) / width) * size.width, ((clientY - top) / height) * size.height] as const;
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (busy || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const point = pointOf(event);
    // Fingers are as wide as a touch target, in pixels of the picture.
    const reach = (22 / event.currentTarget.getBoundingClientRect().width) * size.width;
    drag.current = dragAt(region, point, reach);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!drag.current) return;
    const point = pointOf(event);
    if ('corner' in drag.current) return onChange(between(drag.current.corner, point, size));
    const { from, region: before } = drag.current;
    onChange(moved(before, [point[0] - from[0], point[1] - from[1]], size));
  };
  const onPointerUp = () => {
    drag.current = null;
    // A tap draws nothing, so the box returns to where it can be seen.
    if (!isLargeEnough(region)) onChange(middle(size));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') onCancel();
    const direction = DIRECTIONS.get(event.key);
    if (!direction || busy) return;
    event.preventDefault();
    const by = [direction[0] * STEP * size.width, direction[1] * STEP * size.height] as const;
    onChange((event.shiftKey ? resized : moved)(region, by, size));
  };
  const percent = (value: number, whole: number) => `${(100 * value) / whole}%`;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the box inside handles keys.
    <div className={styles.layer} onKeyDown={onKeyDown}>
      <div
        className={styles.canvas}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
      >
        <button
          ref={box}
          type="button"
          className={styles.box}
          aria-label={t('photo.region')}
          style={{
            left: percent(region.x1, size.width),
            top: percent(region.y1, size.height),
            width: percent(region.x2 - region.x1, size.width),
            height: percent(region.y2 - region.y1, size.height),
          }}
          onClick={({ detail }) => detail === 0 && !busy && onDone()}
        />
      </div>
    </div>
  );
}
