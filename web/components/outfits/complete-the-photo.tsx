'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import type { Garment, Photo } from '@/lib/api/shapes.ts';
import { thisGarment } from '@/lib/categories.ts';
import styles from './complete-the-look.module.css';
import { CompleteTheLook } from './complete-the-look.tsx';

interface CompleteThePhotoProps {
  photo: Photo;
  chosen: Garment;
  /** Whether the photo is the visitor's own. */
  own: boolean;
}

type Keep = 'all' | 'one';

/** Outfits for a photo: with everything that the person wears, or around the chosen garment alone. */
export function CompleteThePhoto({ photo, chosen, own }: CompleteThePhotoProps) {
  const [keep, setKeep] = useState<Keep>('all');
  const several = photo.garments.length > 1;
  const around = several && keep === 'all' ? { photoId: photo.id } : { garmentId: chosen.id };
  const one = `Only ${thisGarment(chosen)}`;
  return (
    <CompleteTheLook
      to={around}
      given={own ? 'What you wear' : 'Worn in the photo'}
      instead={'photoId' in around && <Button onClick={() => setKeep('one')}>{one}</Button>}
    >
      {several && (
        <div className={styles.choice}>
          <Tabs<Keep>
            label="What the outfits keep"
            value={keep}
            onChange={setKeep}
            options={[
              { value: 'all', name: 'Keep everything worn' },
              { value: 'one', name: one },
            ]}
          />
        </div>
      )}
    </CompleteTheLook>
  );
}
