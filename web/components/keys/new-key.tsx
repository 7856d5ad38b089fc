'use client';

import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import styles from './keys.module.css';

/** Shows a new key, for the only time. */
export function NewKey({ made, onClose }: { made: { key: string; label: string }; onClose(): void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.made} aria-labelledby="made">
      <h2 id="made" ref={heading} tabIndex={-1}>
        The key for {made.label}
      </h2>
      <p>Copy it now: it is shown this once, and only its hash is kept.</p>
      <p className={styles.secret} data-testid="new-key">
        {made.key}
      </p>
      <div className={styles.actions}>
        <CopyButton text={made.key} kind="primary">
          Copy the key
        </CopyButton>
        <Button onClick={onClose}>I have it</Button>
      </div>
    </section>
  );
}
