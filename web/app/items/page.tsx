import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Catalogue } from '@/components/items/catalogue.tsx';
import { ItemGridSkeleton } from '@/components/items/item-grid.tsx';

export const metadata: Metadata = { title: 'Catalogue' };

export default function Page() {
  return (
    <Suspense fallback={<ItemGridSkeleton />}>
      <Catalogue />
    </Suspense>
  );
}
