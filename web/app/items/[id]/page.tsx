import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ItemPage } from '@/components/items/item-page.tsx';
import { ItemSkeleton } from '@/components/items/item-skeleton.tsx';

export const metadata: Metadata = { title: 'Item' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Suspense fallback={<ItemSkeleton />}>
      <ItemPage id={decodeURIComponent(id)} />
    </Suspense>
  );
}
