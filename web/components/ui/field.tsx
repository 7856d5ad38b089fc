'use client';

import { type ReactNode, useId } from 'react';
import styles from './form.module.css';
import { FormError } from './form-error.tsx';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  /** Spread these on the control: they tie the label, the hint and the error to it. */
  children(control: {
    id: string;
    className: string | undefined;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean;
  }): ReactNode;
}

/** A form control with its label, hint and error. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        className: styles.control,
        'aria-describedby': told || undefined,
        'aria-invalid': Boolean(error),
      })}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      <FormError id={`${id}-error`}>{error}</FormError>
    </div>
  );
}
