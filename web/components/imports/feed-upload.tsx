'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Check } from '@/components/ui/check.tsx';
import zone from '@/components/ui/drop-zone.module.css';
import { Failure } from '@/components/ui/failure.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { type ApiError, toApiError } from '@/lib/api/errors.ts';
import { importFeed } from '@/lib/api/imports.ts';
import { formatBytes, formatShare } from '@/lib/format.ts';
import { useKeys } from '@/lib/hooks/use-loaded.ts';
import styles from './imports.module.css';

const ACCEPTED =
  '.csv,.tsv,.tab,.txt,.xml,.rss,.json,.jsonl,.ndjson,.gz,.xlsx,.ods,.zip,text/csv,application/zip,application/jsonl';

type Upload =
  | { phase: 'idle' }
  | { phase: 'sending'; file: File; share: number }
  | { phase: 'failed'; file: File; error: ApiError };

/** Where a feed is chosen or dropped and its upload shown, before the page of its import opens. */
export function FeedUpload() {
  const router = useRouter();
  const queries = useQueryClient();
  const keyOf = useKeys();
  const [upload, setUpload] = useState<Upload>({ phase: 'idle' });
  const [over, setOver] = useState(false);
  const [whole, setWhole] = useState(false);
  const [force, setForce] = useState(false);
  const running = useRef<AbortController | null>(null);
  useKeepWindow();
  useEffect(() => () => running.current?.abort(), []);

  const start = (file: File) => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    const onProgress = (share: number) =>
      !abort.signal.aborted && setUpload({ phase: 'sending', file, share });
    onProgress(0);
    const manner = { mode: whole ? 'REPLACE' : 'UPSERT', force: whole && force } as const;
    importFeed(file, manner, { signal: abort.signal, onProgress }).then(
      (job) => {
        queries.setQueryData(keyOf(`import ${job.id}`), job);
        if (!abort.signal.aborted) router.push(`/manage/imports/${job.id}`);
      },
      (cause: unknown) =>
        !abort.signal.aborted && setUpload({ phase: 'failed', file, error: toApiError(cause) }),
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
      <Failure error={upload.error} onRetry={() => start(upload.file)}>
        <FileButton accept={ACCEPTED} onFile={start}>
          Choose another feed
        </FileButton>
        <Button kind="quiet" onClick={cancel}>
          Close
        </Button>
      </Failure>
    );
  }
  if (upload.phase === 'sending') return <Sending upload={upload} onCancel={cancel} />;
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
        <FileButton kind="primary" accept={ACCEPTED} onFile={start}>
          Choose a feed
        </FileButton>
        <p>
          CSV, XML, JSON, an Excel sheet, or a zip of one with its pictures. The columns of Google Merchant,
          Shopify and WooCommerce are understood.
        </p>
      </div>
      <div className={styles.options}>
        <Check checked={whole} onChange={({ target }) => setWhole(target.checked)}>
          The feed is the whole catalogue: take out items that it does not name
        </Check>
        {whole && (
          <Check checked={force} onChange={({ target }) => setForce(target.checked)}>
            Even if that takes out more than half of them
          </Check>
        )}
      </div>
    </div>
  );
}

function Sending({ upload, onCancel }: { upload: Upload & { phase: 'sending' }; onCancel(): void }) {
  const { file, share } = upload;
  return (
    <div className={`${zone.zone} ${styles.zone}`}>
      <p className={zone.lead}>{share < 1 ? `Uploading ${formatShare(share)}` : 'Taking the feed in…'}</p>
      <div className={styles.bar}>
        <Progress share={share < 1 ? share : null} label={`Uploading ${file.name}`} />
      </div>
      <p className={styles.name}>
        {file.name}, {formatBytes(file.size)}
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
