import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface NoticeProps {
  title: string;
  kind?: 'plain' | 'failure';
  /** `h1` if the notice is the whole page. */
  heading?: 'h1' | 'h2';
  children?: ReactNode;
  actions?: ReactNode;
}

/** An empty or failed state: what happened, and what can be done. Screen readers announce failures at once. */
export function Notice({ title, kind = 'plain', heading: Heading = 'h2', children, actions }: NoticeProps) {
  return (
    <div className={styles.notice} data-kind={kind} role={kind === 'failure' ? 'alert' : undefined}>
      <Heading>{title}</Heading>
      <div className={styles.body}>{children}</div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
