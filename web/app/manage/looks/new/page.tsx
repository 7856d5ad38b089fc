import type { Metadata } from 'next';
import { Suspense } from 'react';
import { NewLook } from '@/components/looks/look-editor.tsx';
import { LooksSkeleton } from '@/components/looks/looks-skeleton.tsx';

export const metadata: Metadata = { title: 'A new look' };

export default function Page() {
  return (
    <Suspense fallback={<LooksSkeleton />}>
      <NewLook />
    </Suspense>
  );
}
