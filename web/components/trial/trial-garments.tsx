'use client';

import { useState } from 'react';
import { GarmentList } from '@/components/garments/garment-list.tsx';
import { OutlinedPhoto } from '@/components/garments/outlined-photo.tsx';
import { RegionDrawer } from '@/components/garments/region-drawer.tsx';
import { MissedGarment } from '@/components/photo/missed-garment.tsx';
import { useDrawnRegion } from '@/components/photo/use-drawn-region.ts';
import { Button } from '@/components/ui/button.tsx';
import type { Garment, Photo } from '@/lib/api/shapes.ts';
import styles from './trial.module.css';
import { TrialResults } from './trial-results.tsx';

interface TrialGarmentsProps {
  photo: Photo;
  chosen: Garment | null;
  onChoose(id: string | null): void;
  /** The photo's garments have changed. */
  onReload(): void;
  onAnother(): void;
}

/** All garments of a photo, guesses too, and a region to draw: what is chosen is searched with. */
export function TrialGarments({ photo, chosen, onChoose, onReload, onAnother }: TrialGarmentsProps) {
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const region = useDrawnRegion(photo, (id, removed) => {
    const asked = new URLSearchParams(window.location.search).get('garment');
    if (id || asked === removed) onChoose(id);
    onReload();
  });
  const garments = [...photo.garments].sort((a, b) => b.score - a.score);
  return (
    <>
      <div className={styles.photo}>
        <OutlinedPhoto
          picture={{ url: photo.imageUrl, width: photo.width, height: photo.height }}
          alt="The photo that is searched with"
          garments={garments}
          chosen={chosen?.id}
          highlighted={highlighted}
          mostHigh="28rem"
          sizes="(max-width: 46rem) 92vw, 24rem"
          onChoose={onChoose}
          onHighlight={setHighlighted}
        >
          {region.region && (
            <RegionDrawer
              size={photo}
              region={region.region}
              busy={region.busy}
              onChange={region.change}
              onDone={region.finish}
              onCancel={region.cancel}
            />
          )}
        </OutlinedPhoto>
        <div className={styles.garments}>
          <MissedGarment
            region={region}
            onRemove={chosen?.origin === 'DRAWN' ? () => region.remove(chosen.id) : null}
          />
          {garments.length === 0 && <p role="status">No garment was found in it. Draw a box around one.</p>}
          {garments.length > 0 && (
            <GarmentList
              garments={garments}
              own
              chosen={chosen?.id ?? null}
              highlighted={highlighted}
              more={0}
              onMore={() => undefined}
              onChoose={onChoose}
              onHighlight={setHighlighted}
            />
          )}
          {!region.region && (
            <div className={styles.acts}>
              <Button onClick={region.begin}>Draw a region</Button>
              <Button kind="quiet" onClick={onAnother}>
                Another photo
              </Button>
            </div>
          )}
        </div>
      </div>
      {chosen && <TrialResults to={{ garmentId: chosen.id }} category={chosen.category} />}
    </>
  );
}
