'use client';

import type { ReactNode } from 'react';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { useSession } from '@/lib/hooks/use-session.ts';
import styles from './manage.module.css';
import { ManageNav } from './manage-nav.tsx';
import { SignIn } from './sign-in.tsx';

/** The frame around the merchandisers' pages: sign-in and navigation. */
export function ManageFrame({ children }: { children: ReactNode }) {
  const now = useSession();
  if (now.phase === 'unknown') {
    return (
      <div role="status" aria-label="Loading">
        <Skeleton className={styles.place} />
      </div>
    );
  }
  if (now.phase === 'out') return <SignIn refused={now.refused} />;
  return (
    <div className={styles.frame}>
      <ManageNav session={now.session} />
      <div className={styles.content}>{children}</div>
    </div>
  );
}
