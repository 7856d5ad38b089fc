'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { toApiError } from '@/lib/api/errors.ts';
import { tellError } from '@/lib/i18n/tell-error.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { Button } from './button.tsx';
import styles from './dialog.module.css';

interface ConfirmProps {
  title: string;
  /** What will be different afterwards. */
  children: ReactNode;
  /** The button's label: `Revoke the key`. */
  action: string;
  danger?: boolean;
  /** The dialog stays open until this succeeds, and shows why it failed. */
  onConfirm(): Promise<void>;
  onClose(): void;
}

/** Asks for confirmation before something that is hard to undo. Shown while mounted. */
export function Confirm({ title, children, action, danger, onConfirm, onClose }: ConfirmProps) {
  const words = useWords();
  const { t } = words;
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const id = useId();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);

  // Closed, not just removed, so that the browser returns the focus to where it was.
  const close = () => dialog.current?.close();
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      close();
    } catch (cause) {
      const { title: what, advice } = tellError(toApiError(cause), words);
      setError(`${what}. ${advice}`);
      setBusy(false);
    }
  };

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={id}
      onCancel={(event) => busy && event.preventDefault()}
      onClose={onClose}
    >
      <h2 id={id}>{title}</h2>
      <div className={styles.body}>
        {children}
        {error && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        <Button onClick={close}>{t('action.leave')}</Button>
        <Button kind={danger ? 'danger' : 'primary'} disabled={busy} onClick={confirm}>
          {busy ? t('action.wait') : action}
        </Button>
      </div>
    </dialog>
  );
}
