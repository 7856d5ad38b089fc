'use client';

import { Button } from '@/components/ui/button.tsx';
import type { ApiError } from '@/lib/api/errors.ts';
import { explain } from '@/lib/explain.ts';
import styles from './photo-page.module.css';

interface MissedGarmentProps {
  drawing: boolean;
  error: ApiError | null;
  onDraw(): void;
  /** Set where the chosen garment was drawn by hand and can be taken back. */
  onRemove: (() => void) | null;
}

/** The way out where the parser missed a garment: the visitor draws a box around it. */
export function MissedGarment({ drawing, error, onDraw, onRemove }: MissedGarmentProps) {
  return (
    <div className={styles.missed}>
      {!drawing && <Button onClick={onDraw}>Draw a box around a garment</Button>}
      {!drawing && onRemove && (
        <Button kind="quiet" onClick={onRemove}>
          Remove the drawn one
        </Button>
      )}
      <p role="status">
        {error
          ? `${explain(error).title}. ${explain(error).advice}`
          : drawing
            ? 'Drag a box around the garment on the photo. Keys: arrows move it, Shift and arrows size it, Enter searches.'
            : ''}
      </p>
    </div>
  );
}
