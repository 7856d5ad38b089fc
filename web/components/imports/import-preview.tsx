'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Check } from '@/components/ui/check.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { type FeedPreview, importStaged } from '@/lib/api/imports.ts';
import { explain } from '@/lib/explain.ts';
import { useKeys } from '@/lib/hooks/use-loaded.ts';
import { ACCEPTED_FEEDS } from './accepted.ts';
import styles from './imports.module.css';
import { PreviewColumns } from './preview-columns.tsx';
import { PreviewRows } from './preview-rows.tsx';

interface ImportPreviewProps {
  preview: FeedPreview;
  onOther(file: File): void;
  onClose(): void;
}

/** How a feed is understood; whoever agrees imports it. */
export function ImportPreview({ preview, onOther, onClose }: ImportPreviewProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const keyOf = useKeys();
  const [whole, setWhole] = useState(false);
  const [force, setForce] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // It takes the place of the button that was used last.
  useEffect(() => heading.current?.focus(), []);

  const start = () => {
    setBusy(true);
    setRefusal(null);
    importStaged(preview.token, { mode: whole ? 'REPLACE' : 'UPSERT', force: whole && force }).then(
      (job) => {
        queries.setQueryData(keyOf(`import ${job.id}`), job);
        router.push(`/manage/imports/${job.id}`);
      },
      (cause: unknown) => {
        setBusy(false);
        setRefusal(explain(toApiError(cause)).advice);
      },
    );
  };

  return (
    <section className={styles.preview} aria-labelledby="preview">
      <div className={styles.job}>
        <h2 id="preview" ref={heading} tabIndex={-1} className={styles.name}>
          {preview.name}
        </h2>
        <p>This is how it is understood. Nothing has been imported yet.</p>
        <p className={styles.soft}>{formOf(preview)}</p>
      </div>
      {preview.notes.length > 0 && (
        <Notice title="How the feed is read">
          {preview.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      {preview.columns.length > 0 && <PreviewColumns columns={preview.columns} />}
      <PreviewRows rows={preview.rows} isWhole={preview.isWhole} />
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
      <div className={styles.actions}>
        <Button kind="primary" onClick={start} disabled={busy}>
          Import
        </Button>
        <FileButton accept={ACCEPTED_FEEDS} onFile={onOther} disabled={busy}>
          Choose another file
        </FileButton>
        <Button kind="quiet" onClick={onClose} disabled={busy}>
          Close
        </Button>
      </div>
      <FormError>{refusal}</FormError>
    </section>
  );
}

const FORMATS: Record<FeedPreview['format'], string> = {
  CSV: 'CSV',
  SHEET: 'A sheet of an Excel or OpenDocument file',
  XML: 'XML',
  JSON: 'JSON',
  JSON_LINES: 'JSON, one item a line',
  IMAGES: 'Pictures without a feed: each becomes an item',
};
const SEPARATORS = new Map([
  ['\t', 'tabs'],
  [',', 'commas'],
  [';', 'semicolons'],
  ['|', 'bars'],
]);

function formOf({ system, feedName, format, separator, encoding }: FeedPreview): string {
  return [
    system && `An export of ${system}`,
    feedName && `The feed in the zip is ${feedName}`,
    separator
      ? `${FORMATS[format]}, separated by ${SEPARATORS.get(separator) ?? separator}`
      : FORMATS[format],
    encoding?.toUpperCase(),
  ]
    .filter(Boolean)
    .join(' · ');
}
