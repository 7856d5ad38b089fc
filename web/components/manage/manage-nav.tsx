'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { endSession, type Session } from '@/lib/session.ts';
import styles from './manage.module.css';
import { ROLE_NAMES, sectionsFor } from './sections.ts';

export function ManageNav({ session }: { session: Session }) {
  const path = usePathname();
  const nav = useRef<HTMLElement>(null);
  // On a phone, the row is wider than the window.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another current link.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]');
    nav.current?.scrollTo({ left: (current?.offsetLeft ?? 0) - 80 });
  }, [path]);
  return (
    <div className={styles.side}>
      <nav ref={nav} className={styles.nav} aria-label="Manage">
        {sectionsFor(session.role).map(({ address, name }) => (
          <Link key={address} href={address} aria-current={isWithin(path, address) ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <div className={styles.who}>
        <p>
          <span className={styles.shop}>{session.shop}</span>
          <span>Signed in as {ROLE_NAMES[session.role]}</span>
        </p>
        <Button kind="quiet" onClick={() => endSession()}>
          Sign out
        </Button>
      </div>
    </div>
  );
}

function isWithin(path: string, address: string): boolean {
  return path === address || (address !== '/manage' && path.startsWith(`${address}/`));
}
