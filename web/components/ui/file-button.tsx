'use client';

import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
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
  const input = useRef<HTMLInputElement>(null);
  const take = (from: HTMLInputElement) => {
    const [file] = from.files ?? [];
    // Cleared, so that choosing the same file again is a change.
    from.value = '';
    if (file) onFile(file);
  };
  // What was chosen before the page's code had come.
  const takeEarly = useEffectEvent(() => input.current && take(input.current));
  useEffect(() => void takeEarly(), []);
  return (
    <label className={`${button.button} ${styles.label} ${className ?? ''}`} data-kind={kind}>
      {children}
      <input
        ref={input}
        className={styles.input}
        type="file"
        accept={accept}
        disabled={disabled}
        capture={camera ? 'environment' : undefined}
        onChange={({ target }) => take(target)}
      />
    </label>
  );
}
