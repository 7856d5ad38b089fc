'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import styles from './new-secret.module.css';

interface NewSecretProps {
  secret: string;
  heading: string;
  /** What the button that copies it says. */
  copy: string;
  onClose(): void;
  children: ReactNode;
}

/** Shows a new key or secret, for the only time. */
export function NewSecret({ secret, heading, copy, onClose, children }: NewSecretProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <section className={styles.made} aria-labelledby="new-secret">
      <h2 id="new-secret" ref={title} tabIndex={-1}>
        {heading}
      </h2>
      {children}
      <p className={styles.secret} data-testid="new-secret">
        {secret}
      </p>
      <div className={styles.actions}>
        <CopyButton text={secret} kind="primary">
          {copy}
        </CopyButton>
        <Button onClick={onClose}>I have it</Button>
      </div>
    </section>
  );
}
