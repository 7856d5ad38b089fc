import type { ReactNode } from 'react';
import styles from './manage.module.css';

/** The title of a page, and its purpose. */
export function ManageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.head}>
      <h1>{title}</h1>
      {children}
    </div>
  );
}
