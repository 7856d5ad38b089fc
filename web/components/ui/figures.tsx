import type { ReactNode } from 'react';
import styles from './figures.module.css';

export function Figures({ children }: { children: ReactNode }) {
  return <dl className={styles.figures}>{children}</dl>;
}

/** A number to be read at a glance, and what it counts. */
export function Figure({
  name,
  children,
  tone,
}: {
  name: string;
  children: ReactNode;
  tone?: 'warn' | undefined;
}) {
  return (
    <div className={styles.figure} data-tone={tone}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
