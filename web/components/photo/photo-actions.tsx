'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { type ApiError, toApiError } from '@/lib/api/errors.ts';
import { deletePhoto } from '@/lib/api/queries.ts';
import type { Photo } from '@/lib/api/shapes.ts';
import { explain } from '@/lib/explain.ts';
import { formatTime } from '@/lib/format.ts';
import { forget } from '@/lib/kept.ts';
import styles from './photo-page.module.css';

/** Deletes the photo from the server, at once and for good. */
export function PhotoActions({ photo }: { photo: Photo }) {
  const router = useRouter();
  const [deleting, setDeleting] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const remove = async () => {
    setDeleting(true);
    setError(null);
    try {
      await deletePhoto(photo.id);
      forget(`photo ${photo.id}`);
      router.replace('/');
    } catch (cause) {
      setError(toApiError(cause));
      setDeleting(false);
    }
  };
  return (
    <div className={styles.actions}>
      <Button onClick={remove} disabled={deleting}>
        {deleting ? 'Deleting…' : 'Delete my photo'}
      </Button>
      <p role="status">
        {error ? explain(error).title : `Otherwise it is deleted on ${formatTime(photo.expiresAt)}.`}
      </p>
    </div>
  );
}
