import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Catalogue } from '@/components/items/catalogue.tsx';
import { type PageInput, toParameters, withItems } from '@/lib/arriving.ts';

export const metadata: Metadata = { title: 'Catalogue' };

export default async function Page({ searchParams }: PageInput) {
  return (
    <HydrationBoundary state={await withItems(toParameters(await searchParams))}>
      <Catalogue />
    </HydrationBoundary>
  );
}
