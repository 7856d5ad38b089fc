'use client';

import { type DragEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import zone from '@/components/ui/drop-zone.module.css';
import { Failure } from '@/components/ui/failure.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { type ApiError, toApiError } from '@/lib/api/errors.ts';
import { type FeedPreview, previewAddress, previewFeed } from '@/lib/api/imports.ts';
import { formatBytes, formatShare } from '@/lib/format.ts';
import { ACCEPTED_FEEDS } from './accepted.ts';
import { AddressForm } from './address-form.tsx';
import { ImportPreview } from './import-preview.tsx';
import styles from './imports.module.css';

type Upload =
  | { phase: 'idle' }
  | { phase: 'sending'; from: File | string; share: number }
  | { phase: 'shown'; preview: FeedPreview }
  | { phase: 'failed'; from: File | string; error: ApiError };

/** Where a feed is chosen or dropped, its upload shown, and then how its first rows are understood. */
export function FeedUpload() {
  const [upload, setUpload] = useState<Upload>({ phase: 'idle' });
  const [over, setOver] = useState(false);
  const running = useRef<AbortController | null>(null);
  useKeepWindow();
  useEffect(() => () => running.current?.abort(), []);

  const start = (from: File | string) => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    const show = (next: Upload) => !abort.signal.aborted && setUpload(next);
    const { signal } = abort;
    const onProgress = (share: number) => show({ phase: 'sending', from, share });
    onProgress(typeof from === 'string' ? 1 : 0);
    const shown =
      typeof from === 'string' ? previewAddress(from, signal) : previewFeed(from, { signal, onProgress });
    shown.then(
      (preview) => show({ phase: 'shown', preview }),
      (cause: unknown) => show({ phase: 'failed', from, error: toApiError(cause) }),
    );
  };
  const cancel = () => {
    running.current?.abort();
    setUpload({ phase: 'idle' });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) start(file);
  };

  if (upload.phase === 'failed') {
    return (
      <Failure error={upload.error} onRetry={() => start(upload.from)}>
        <FileButton accept={ACCEPTED_FEEDS} onFile={start}>
          Choose another feed
        </FileButton>
        <Button kind="quiet" onClick={cancel}>
          Close
        </Button>
      </Failure>
    );
  }
  if (upload.phase === 'sending') return <Sending upload={upload} onCancel={cancel} />;
  if (upload.phase === 'shown') {
    const { preview } = upload;
    return <ImportPreview key={preview.token} preview={preview} onOther={start} onClose={cancel} />;
  }
  return (
    <div className={styles.list}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same for keyboards. */}
      <div
        className={`${zone.zone} ${styles.zone}`}
        data-over={over ? '' : undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p className={zone.lead}>
          <span className={zone.byMouse}>Drop a feed here</span>
          <span className={zone.byTouch}>Bring your catalogue</span>
        </p>
        <FileButton kind="primary" accept={ACCEPTED_FEEDS} onFile={start}>
          Choose a feed
        </FileButton>
        <p>
          CSV, XML, JSON, an Excel sheet, or a zip of one with its pictures. The columns of Google Merchant,
          Shopify and WooCommerce are understood. You see its first rows before anything is imported.
        </p>
      </div>
      <AddressForm onSubmit={start} />
    </div>
  );
}

function Sending({ upload, onCancel }: { upload: Upload & { phase: 'sending' }; onCancel(): void }) {
  const { from, share } = upload;
  const name = typeof from === 'string' ? from : from.name;
  const lead = typeof from === 'string' ? 'Fetching the feed…' : 'Reading its first rows…';
  return (
    <div className={`${zone.zone} ${styles.zone}`}>
      <p className={zone.lead}>{share < 1 ? `Uploading ${formatShare(share)}` : lead}</p>
      <div className={styles.bar}>
        <Progress share={share < 1 ? share : null} label={`Uploading ${name}`} />
      </div>
      <p className={styles.name}>
        {name}
        {typeof from !== 'string' && `, ${formatBytes(from.size)}`}
      </p>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}

/** A feed dropped next to the drop zone must not replace the page. */
function useKeepWindow() {
  useEffect(() => {
    const listening = new AbortController();
    for (const type of ['dragover', 'drop'] as const) {
      window.addEventListener(type, (event) => event.preventDefault(), { signal: listening.signal });
    }
    return () => listening.abort();
  }, []);
}
