'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { loadPhoto } from '@/lib/api/photos.ts';
import { parsePhoto } from '@/lib/api/upload.ts';
import { arrangeGarments } from '@/lib/arrange-garments.ts';
import { explain } from '@/lib/explain.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { prepareFile } from '@/lib/photo-file.ts';
import { photoName } from '@/lib/query-keys.ts';
import styles from './trial.module.css';
import { TrialGarments } from './trial-garments.tsx';

interface TrialPhotoProps {
  /** Null until a photo was uploaded. */
  id: string | null;
  /** Null for the photo's first garment. */
  garmentId: string | null;
  onChoose(id: string | null, garmentId: string | null): void;
}

/** A search with a garment of an uploaded photo, or with a region drawn on it. */
export function TrialPhoto({ id, garmentId, onChoose }: TrialPhotoProps) {
  const {
    value: photo,
    error,
    reload,
  } = useLoaded(photoName(id ?? ''), async (signal) => (id === null ? null : loadPhoto(id, signal)));
  if (id === null) return <PhotoUpload onUpload={(made) => onChoose(made, null)} />;
  if (error?.code === 'NOT_FOUND' || error?.code === 'INVALID_INPUT' || photo === null) {
    return (
      <>
        <p role="alert">This photo has expired or was deleted.</p>
        <PhotoUpload onUpload={(made) => onChoose(made, null)} />
      </>
    );
  }
  if (error) return <Failure error={error} onRetry={reload} />;
  if (!photo) return <Skeleton className={styles.place} />;
  const { likely } = arrangeGarments(photo.garments);
  const chosen = photo.garments.find((garment) => garment.id === garmentId) ?? likely[0] ?? photo.garments[0];
  return (
    <TrialGarments
      key={photo.id}
      photo={photo}
      chosen={chosen ?? null}
      onChoose={(garment) => onChoose(photo.id, garment)}
      onReload={reload}
      onAnother={() => onChoose(null, null)}
    />
  );
}

function PhotoUpload({ onUpload }: { onUpload(id: string): void }) {
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const send = async (file: File) => {
    const abort = new AbortController();
    const { signal } = abort;
    running.current = abort;
    setError(null);
    setShare(0);
    try {
      const photo = await parsePhoto(await prepareFile(file), { onProgress: setShare, signal });
      signal.throwIfAborted();
      onUpload(photo.id);
    } catch (cause) {
      // Another upload may be on its way.
      if (signal.aborted) return;
      const { title, advice } = explain(toApiError(cause));
      setError(`${title}. ${advice}`);
    }
    setShare(null);
  };
  if (share !== null) {
    return (
      <div className={styles.sending}>
        <p role="status">{share < 1 ? 'The photo is being sent…' : 'The photo is being looked at…'}</p>
        <Progress share={share < 1 ? share : null} label="Upload of the photo" />
        <div>
          <Button
            onClick={() => {
              running.current?.abort();
              setShare(null);
            }}
          >
            Cancel
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.upload}>
      <FormError>{error}</FormError>
      <FileButton kind="primary" onFile={(file) => void send(file)}>
        Choose a photo
      </FileButton>
      <p className={styles.soft}>It expires like a shopper’s, and can be deleted on its own page.</p>
    </div>
  );
}
