import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { ManageFrame } from '@/components/manage/manage-frame.tsx';

export const metadata: Metadata = { title: 'Manage', robots: { index: false } };

export default function Layout({ children }: { children: ReactNode }) {
  return <ManageFrame>{children}</ManageFrame>;
}
