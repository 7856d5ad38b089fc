'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import styles from './webhooks.module.css';

interface NewSecretProps {
  made: { secret: string; name: string };
  onClose(): void;
  children: ReactNode;
}

/** Shows a new secret, for the only time. */
export function NewSecret({ made, onClose, children }: NewSecretProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.made} aria-labelledby="secret">
      <h2 id="secret" ref={heading} tabIndex={-1}>
        The secret of {made.name}
      </h2>
      {children}
      <p className={styles.secret} data-testid="secret">
        {made.secret}
      </p>
      <div className={styles.actions}>
        <CopyButton text={made.secret} kind="primary">
          Copy the secret
        </CopyButton>
        <Button onClick={onClose}>I have it</Button>
      </div>
    </section>
  );
}
