import type { Metadata } from 'next';
import { LooksImport } from '@/components/looks/looks-import.tsx';

export const metadata: Metadata = { title: 'Import looks' };

export default function Page() {
  return <LooksImport />;
}
