'use client';

import type { ReactNode } from 'react';
import { useUpload } from '@/components/photo/upload-provider.tsx';
import { Button } from '@/components/ui/button.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import styles from './similar-items.module.css';

interface NothingCloseProps {
  what: string;
  /** Whether the catalogue is still being parsed. */
  reading: boolean;
  /** Each null where there is nothing to clear or widen. */
  onClear: (() => void) | null;
  onAllCategories: (() => void) | null;
  /** What else can be tried. */
  children?: ReactNode;
}

/** Says that no item is close, and what to try. Brief, so that the nearest items follow on the first screen. */
export function NothingClose({ what, reading, onClear, onAllCategories, children }: NothingCloseProps) {
  const { start } = useUpload();
  return (
    <div className={styles.nothing}>
      <h3>Nothing here is close to {what}</h3>
      {reading && <p>Items appear here as they are read.</p>}
      <div className={styles.tries}>
        {onAllCategories && <Button onClick={onAllCategories}>Search all categories</Button>}
        {onClear && !onAllCategories && <Button onClick={onClear}>Clear the filters</Button>}
        {children}
        <FileButton onFile={start}>Try another photo</FileButton>
      </div>
    </div>
  );
}
