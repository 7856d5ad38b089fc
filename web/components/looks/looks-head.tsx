import type { ReactNode } from 'react';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import styles from './looks.module.css';

/** The title of a page below the list of looks, and the way back to it. */
export function LooksHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.back}>
      <ButtonLink kind="quiet" href="/manage/looks">
        ← All looks
      </ButtonLink>
      <ManageHead title={title}>{children}</ManageHead>
    </div>
  );
}
