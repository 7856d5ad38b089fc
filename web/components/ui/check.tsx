import type { ComponentProps, ReactNode } from 'react';
import styles from './form.module.css';

/** A checkbox or radio button with a label that can be clicked too. */
export function Check({
  children,
  type = 'checkbox',
  ...rest
}: ComponentProps<'input'> & { children: ReactNode }) {
  return (
    <label className={styles.check}>
      <input type={type} {...rest} />
      <span>{children}</span>
    </label>
  );
}
