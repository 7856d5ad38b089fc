'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { loadPhoto } from '@/lib/api/photos.ts';
import type { Garment } from '@/lib/api/shapes.ts';
import { arrangeGarments } from '@/lib/arrange-garments.ts';
import { explain } from '@/lib/explain.ts';
import styles from './rules.module.css';

/** Chooses a garment in a photo, by its page's address, to try a rule on. */
export function PhotoGarment({ onChoose }: { onChoose(garment: Garment): void }) {
  const [address, setAddress] = useState('');
  const [error, setError] = useState<string | null>(null);
  const take = async () => {
    setError(null);
    try {
      const garment = await findGarment(address);
      if (garment) onChoose(garment);
      else setError('There is no such photo any more, or nothing was found in it.');
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
    }
  };
  return (
    <details className={styles.more}>
      <summary>Or to a garment of a photo</summary>
      <div className={styles.address}>
        <Field
          label="Address of the photo’s page"
          hint="Search with a photo, choose a garment, copy the address."
          error={error}
        >
          {(control) => (
            <input
              {...control}
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              value={address}
              onChange={({ target }) => setAddress(target.value)}
            />
          )}
        </Field>
        <Button onClick={take}>Take it</Button>
      </div>
    </details>
  );
}

/** The garment in the address, else the photo's first one. */
async function findGarment(address: string): Promise<Garment | null> {
  const [, photoId] = /\/photos\/([\w-]+)/.exec(address) ?? [];
  const [, garmentId] = /[?&]garment=([\w-]+)/.exec(address) ?? [];
  const photo = photoId ? await loadPhoto(photoId) : null;
  if (!photo) return null;
  const [first = null] = arrangeGarments(photo.garments).likely;
  return photo.garments.find(({ id }) => id === garmentId) ?? first;
}
