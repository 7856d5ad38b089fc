'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import styles from './looks.module.css';

const PARTS = [
  { address: '/manage/looks', name: 'Looks' },
  { address: '/manage/looks/no-outfit', name: 'In no outfit' },
  { address: '/manage/looks/slots', name: 'Slots' },
];

interface LooksFrameProps {
  title: string;
  purpose: ReactNode;
  children: ReactNode;
}

/** A list page about outfits: its title, and the way to the others. */
export function LooksFrame({ title, purpose, children }: LooksFrameProps) {
  const path = usePathname();
  return (
    <>
      <ManageHead title={title}>
        <p>{purpose}</p>
      </ManageHead>
      <nav className={styles.parts} aria-label="Looks and slots">
        {PARTS.map(({ address, name }) => (
          <Link key={address} href={address} aria-current={path === address ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      {children}
    </>
  );
}
