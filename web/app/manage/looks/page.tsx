import type { Metadata } from 'next';
import { Suspense } from 'react';
import { LooksPage } from '@/components/looks/looks-page.tsx';
import { LooksSkeleton } from '@/components/looks/looks-skeleton.tsx';

export const metadata: Metadata = { title: 'Looks' };

export default function Page() {
  return (
    <Suspense fallback={<LooksSkeleton />}>
      <LooksPage />
    </Suspense>
  );
}
