'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import type { Garment, Photo } from '@/lib/api/shapes.ts';
import { arrangeGarments } from '@/lib/arrange-garments.ts';
import { sayThisGarment } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
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
  const words = useWords();
  const { t } = words;
  const [keep, setKeep] = useState<Keep>('all');
  // As the server counts them: guesses are not worn.
  const several = arrangeGarments(photo.garments).likely.length > 1;
  const around = several && keep === 'all' ? { photoId: photo.id } : { garmentId: chosen.id };
  const one = t('outfits.only', { garment: sayThisGarment(words, chosen) });
  return (
    <CompleteTheLook
      to={around}
      given={own ? t('outfits.worn') : t('outfits.wornInPhoto')}
      instead={'photoId' in around && <Button onClick={() => setKeep('one')}>{one}</Button>}
    >
      {several && (
        <div className={styles.choice}>
          <Tabs<Keep>
            label={t('outfits.keep')}
            value={keep}
            onChange={setKeep}
            options={[
              { value: 'all', name: t('outfits.keepAll') },
              { value: 'one', name: one },
            ]}
          />
        </div>
      )}
    </CompleteTheLook>
  );
}
