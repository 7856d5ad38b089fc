import type { ReactNode } from 'react';
import styles from './manage.module.css';

/** A page's title, and what it is for. */
export function ManageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.head}>
      <h1>{title}</h1>
      {children}
    </div>
  );
}
