'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useId, useRef } from 'react';
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
        {sectionsFor(session.role).map(({ name, sections }) => (
          <NavGroup key={name} name={name}>
            {sections.map((section) => (
              <Link
                key={section.address}
                href={section.address}
                aria-current={isWithin(path, section.address) ? 'page' : undefined}
              >
                {section.name}
              </Link>
            ))}
          </NavGroup>
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

function NavGroup({ name, children }: { name: string | null; children: ReactNode }) {
  const id = useId();
  if (name === null) return <div className={styles.group}>{children}</div>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, and these are links.
    <div className={styles.group} role="group" aria-labelledby={id}>
      <span id={id} className={styles.groupName}>
        {name}
      </span>
      {children}
    </div>
  );
}

function isWithin(path: string, address: string): boolean {
  return path === address || (address !== '/manage' && path.startsWith(`${address}/`));
}
