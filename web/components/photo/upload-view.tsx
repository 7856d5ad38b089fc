'use client';

import { type ReactNode, useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { formatShare } from '@/lib/format.ts';
import { type Upload, useUpload } from './upload-provider.tsx';
import styles from './upload-view.module.css';

/** The upload in place of the page, or the page itself if there is no upload. */
export function UploadView({ children }: { children: ReactNode }) {
  const { upload, start, cancel, retry } = useUpload();
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {upload.phase === 'idle' || upload.phase === 'failed' ? '' : spoken(upload)}
      </p>
      {upload.phase === 'failed' && (
        <div className={styles.view}>
          {upload.preview && <Preview key={upload.preview} address={upload.preview} scanning={false} />}
          <Failure error={upload.error} onRetry={retry}>
            <FileButton onFile={start}>Choose another photo</FileButton>
            <ButtonLink kind="quiet" href="/items" onClick={cancel}>
              Browse the catalogue
            </ButtonLink>
            <Button kind="quiet" onClick={cancel}>
              Close
            </Button>
          </Failure>
        </div>
      )}
      {upload.phase !== 'idle' && upload.phase !== 'failed' && (
        <div className={styles.view}>
          {upload.preview && (
            <Preview key={upload.preview} address={upload.preview} scanning={upload.phase === 'parsing'} />
          )}
          <div className={styles.status}>
            <p>{caption(upload)}</p>
            <Progress share={upload.phase === 'sending' ? upload.share : null} label={spoken(upload)} />
            <Button onClick={cancel}>Cancel</Button>
          </div>
        </div>
      )}
      <div hidden={upload.phase !== 'idle'}>{children}</div>
    </>
  );
}

function Preview({ address, scanning }: { address: string; scanning: boolean }) {
  const [readable, setReadable] = useState(true);
  if (!readable) return null;
  return (
    <div className={styles.picture} data-scanning={scanning ? '' : undefined}>
      <img src={address} alt="The one you chose" onError={() => setReadable(false)} />
    </div>
  );
}

type Moving = Exclude<Upload, { phase: 'idle' | 'failed' }>;

function caption(upload: Moving): string {
  if (upload.phase === 'sending') return `Uploading ${formatShare(upload.share)}`;
  return upload.preview ? 'Finding garments…' : 'Fetching the picture…';
}

/** The caption without the number: a screen reader should not read out every percent. */
function spoken(upload: Moving): string {
  if (upload.phase === 'sending') return 'Uploading the photo';
  return upload.preview ? 'Finding garments' : 'Fetching the picture';
}
