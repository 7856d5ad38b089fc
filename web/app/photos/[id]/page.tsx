import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PhotoPage } from '@/components/photo/photo-page.tsx';
import { PhotoSkeleton } from '@/components/photo/photo-skeleton.tsx';

// A visitor's photo is nobody else's business.
export const metadata: Metadata = { title: 'Photo', robots: { index: false } };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Suspense fallback={<PhotoSkeleton />}>
      <PhotoPage id={decodeURIComponent(id)} />
    </Suspense>
  );
}
