'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { refreshImages } from '@/lib/api/imports.ts';
import { explain } from '@/lib/explain.ts';
import styles from './imports.module.css';

/** Asks for the pictures of all items again, and opens the page of that import. */
export function RefreshAll() {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const start = () => {
    setBusy(true);
    setError(null);
    refreshImages(null).then(
      (job) => router.push(`/manage/imports/${job.id}`),
      (cause: unknown) => {
        setBusy(false);
        setError(explain(toApiError(cause)).advice);
      },
    );
  };
  return (
    <section className={styles.list} aria-labelledby="pictures">
      <h2 id="pictures">Pictures</h2>
      <p className={styles.soft}>
        Have pictures changed behind the same addresses? An import asks for each once a day. This asks for all
        of them now; items whose pictures are as before stay as they are.
      </p>
      <div className={styles.actions}>
        <Button onClick={start} disabled={busy}>
          Look at the pictures again
        </Button>
      </div>
      <FormError>{error}</FormError>
    </section>
  );
}
