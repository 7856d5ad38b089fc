'use client';

import Link from 'next/link';
import { useEffect } from 'react';
import { sentenceOf, shareOf } from '@/components/imports/progress.ts';
import { isRunning, useImport } from '@/components/imports/use-import.ts';
import { Progress } from '@/components/ui/progress.tsx';
import styles from './slots.module.css';

/** Items that are looked at again after a slot has changed; nothing once that is done. */
export function SlotProgress({ id, onEnd }: { id: string; onEnd(): void }) {
  const { value: job } = useImport(id);
  const running = job ? isRunning(job) : null;
  // The counts of the slots change with the items.
  useEffect(() => (running ? onEnd : undefined), [running, onEnd]);
  if (!job || !running) return null;
  return (
    <div className={styles.progress}>
      <p role="status">Items are being looked at again, so that each finds its slot.</p>
      <Progress share={shareOf(job)} label="Items that are looked at again" />
      <p className={styles.soft}>
        {sentenceOf(job)} · <Link href={`/manage/imports/${encodeURIComponent(id)}`}>See the progress</Link>
      </p>
    </div>
  );
}
