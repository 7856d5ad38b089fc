'use client';

import { Button } from '@/components/ui/button.tsx';
import { explain } from '@/lib/explain.ts';
import styles from './photo-page.module.css';
import { ShapeChoice } from './shape-choice.tsx';
import type { DrawnRegion } from './use-drawn-region.ts';

interface MissedGarmentProps {
  region: DrawnRegion;
  /** Set if the chosen garment was drawn by hand and can be removed. */
  onRemove: (() => void) | null;
}

/** While a visitor draws a box around a garment that the parser missed: search with it, or give up. */
export function MissedGarment({ region, onRemove }: MissedGarmentProps) {
  const { busy, error } = region;
  const drawing = region.region !== null;
  return (
    <div className={styles.missed}>
      {drawing && (
        <>
          <Button kind="primary" disabled={busy || region.outline?.length === 0} onClick={region.finish}>
            {busy ? 'Looking…' : 'Search with this'}
          </Button>
          <Button onClick={region.cancel}>Cancel</Button>
          <ShapeChoice region={region} />
        </>
      )}
      {!drawing && onRemove && (
        <Button kind="quiet" onClick={onRemove}>
          Remove the drawn one
        </Button>
      )}
      <p role="status">
        {error
          ? `${explain(error).title}. ${explain(error).advice}`
          : region.outline
            ? 'Draw around the garment with mouse or finger.'
            : drawing
              ? 'Drag a box around the garment on the photo. Keys: arrows move it, Shift and arrows size it, Enter searches.'
              : ''}
      </p>
    </div>
  );
}
