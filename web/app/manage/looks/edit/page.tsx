import type { Metadata } from 'next';
import { Suspense } from 'react';
import { EditLook } from '@/components/looks/look-editor.tsx';
import { LooksSkeleton } from '@/components/looks/looks-skeleton.tsx';

export const metadata: Metadata = { title: 'Change a look' };

export default function Page() {
  return (
    <Suspense fallback={<LooksSkeleton />}>
      <EditLook />
    </Suspense>
  );
}
