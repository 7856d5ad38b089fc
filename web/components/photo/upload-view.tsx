'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { sayShare } from '@/lib/i18n/say.ts';
import { tellError } from '@/lib/i18n/tell-error.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import type { Words } from '@/lib/i18n/words.ts';
import { type Upload, useUpload } from './upload-provider.tsx';
import styles from './upload-view.module.css';

/** The upload in place of the page, or the page itself if there is no upload. */
export function UploadView({ children }: { children: ReactNode }) {
  const { upload, start, cancel, retry } = useUpload();
  const words = useWords();
  const { t } = words;
  const giveUp = () => {
    cancel();
    // The button that was pressed is gone with the upload.
    document.getElementById('main')?.focus({ preventScroll: true });
  };
  const moving = upload.phase !== 'idle' && upload.phase !== 'failed';
  useEffect(() => {
    // The code of the photo's page arrives while the photo is on its way.
    if (moving) import('./photo-page.tsx').catch(() => undefined);
  }, [moving]);
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {upload.phase === 'idle' || upload.phase === 'failed' ? '' : spoken(words, upload)}
      </p>
      {upload.phase === 'failed' && (
        <div className={styles.view} data-failed="">
          {upload.preview && <Preview key={upload.preview} address={upload.preview} scanning={false} />}
          <Failure error={upload.error} onRetry={retry}>
            <FileButton kind={tellError(upload.error, words).retry ? 'plain' : 'primary'} onFile={start}>
              {t('action.chooseAnother')}
            </FileButton>
            <ButtonLink kind="quiet" href="/items" onClick={cancel}>
              {t('action.browse')}
            </ButtonLink>
            <Button kind="quiet" onClick={giveUp}>
              {t('action.close')}
            </Button>
          </Failure>
        </div>
      )}
      {moving && (
        <div className={styles.view}>
          {upload.preview && (
            <Preview key={upload.preview} address={upload.preview} scanning={upload.phase === 'parsing'} />
          )}
          <div className={styles.status}>
            <p>{caption(words, upload)}</p>
            <Progress
              share={upload.phase === 'sending' ? upload.share : null}
              label={spoken(words, upload)}
            />
            <Button onClick={giveUp}>{t('action.cancel')}</Button>
          </div>
        </div>
      )}
      <div hidden={upload.phase !== 'idle'}>{children}</div>
    </>
  );
}

function Preview({ address, scanning }: { address: string; scanning: boolean }) {
  const { t } = useWords();
  const [readable, setReadable] = useState(true);
  if (!readable) return null;
  return (
    <div className={styles.picture} data-scanning={scanning ? '' : undefined}>
      <img src={address} alt={t('upload.preview')} onError={() => setReadable(false)} />
    </div>
  );
}

type Moving = Exclude<Upload, { phase: 'idle' | 'failed' }>;

function caption(words: Words, upload: Moving): string {
  const { t } = words;
  if (upload.phase === 'sending') return t('upload.sending', { share: sayShare(words, upload.share) });
  return upload.preview ? t('upload.parsing') : t('upload.fetching');
}

/** The caption without the number: a screen reader should not read out every percent. */
function spoken({ t }: Words, upload: Moving): string {
  if (upload.phase === 'sending') return t('upload.saySending');
  return upload.preview ? t('upload.sayParsing') : t('upload.sayFetching');
}
