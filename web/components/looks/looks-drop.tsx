'use client';

import { type DragEvent, useEffect, useState } from 'react';
import zone from '@/components/ui/drop-zone.module.css';
import { FileButton } from '@/components/ui/file-button.tsx';
import styles from './looks.module.css';

const EXAMPLE = `look_id,item_id,name
beach,SKIRT-12,A day at the beach
beach,TOP-7,
beach,SANDAL-3,`;

/** Where a file of looks is chosen or dropped, with what it has to look like. */
export function LooksDrop({ accept, onFile }: { accept: string; onFile(file: File): void }) {
  const [over, setOver] = useState(false);
  useKeepWindow();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  return (
    <>
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
          <span className={zone.byMouse}>Drop a file of looks here</span>
          <span className={zone.byTouch}>Bring your looks</span>
        </p>
        <FileButton kind="primary" accept={accept} onFile={onFile}>
          Choose a file
        </FileButton>
        <p>CSV, with a row for each item of each look.</p>
      </div>
      <section className={styles.format} aria-labelledby="format">
        <h2 id="format">What it looks like</h2>
        <pre className={styles.example}>{EXAMPLE}</pre>
        <p className={styles.soft}>
          <code>look_id</code> is a number or name of your own, <code>item_id</code> the item’s number in your
          feed. The items keep their order. <code>name</code> may be left out; one row that has it is enough.
          A look that the shop has already is replaced.
        </p>
      </section>
    </>
  );
}

/** A file dropped next to the drop zone must not replace the page. */
function useKeepWindow() {
  useEffect(() => {
    const listening = new AbortController();
    for (const type of ['dragover', 'drop'] as const) {
      window.addEventListener(type, (event) => event.preventDefault(), { signal: listening.signal });
    }
    return () => listening.abort();
  }, []);
}
