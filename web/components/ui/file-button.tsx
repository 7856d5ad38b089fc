'use client';

import type { ChangeEvent, ReactNode } from 'react';
import { ACCEPTED } from '@/lib/photo-file.ts';
import button from './button.module.css';
import styles from './file-button.module.css';

interface FileButtonProps {
  children: ReactNode;
  kind?: 'primary' | 'plain';
  /** Opens the camera on a telephone. */
  camera?: boolean;
  className?: string | undefined;
  /** As the input's own `accept`; images by default. */
  accept?: string;
  disabled?: boolean;
  onFile(file: File): void;
}

/** A file input that looks like a button. It is the browser's own control, which keyboards and screen readers know. */
export function FileButton({
  children,
  kind = 'plain',
  camera = false,
  className,
  accept = ACCEPTED,
  disabled,
  onFile,
}: FileButtonProps) {
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    // Cleared, so that choosing the same file again is a change.
    target.value = '';
    if (file) onFile(file);
  };
  return (
    <label className={`${button.button} ${styles.label} ${className ?? ''}`} data-kind={kind}>
      {children}
      <input
        className={styles.input}
        type="file"
        accept={accept}
        disabled={disabled}
        capture={camera ? 'environment' : undefined}
        onChange={choose}
      />
    </label>
  );
}
