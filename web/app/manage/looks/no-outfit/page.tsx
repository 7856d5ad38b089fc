import type { Metadata } from 'next';
import { Suspense } from 'react';
import { LooksSkeleton } from '@/components/looks/looks-skeleton.tsx';
import { NoOutfitPage } from '@/components/looks/no-outfit-page.tsx';

export const metadata: Metadata = { title: 'In no outfit' };

export default function Page() {
  return (
    <Suspense fallback={<LooksSkeleton />}>
      <NoOutfitPage />
    </Suspense>
  );
}
