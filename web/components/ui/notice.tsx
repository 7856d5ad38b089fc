import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface NoticeProps {
  title: string;
  kind?: 'plain' | 'failure';
  children?: ReactNode;
  actions?: ReactNode;
}

/** An empty or failed state: what happened, and what can be done. Failures are read out at once. */
export function Notice({ title, kind = 'plain', children, actions }: NoticeProps) {
  return (
    <div className={styles.notice} data-kind={kind} role={kind === 'failure' ? 'alert' : undefined}>
      <h2>{title}</h2>
      <div className={styles.body}>{children}</div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
