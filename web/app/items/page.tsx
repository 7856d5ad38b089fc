import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Catalogue } from '@/components/items/catalogue.tsx';
import { type PageInput, toParameters, withItems } from '@/lib/arriving.ts';
import { findWords } from '@/lib/i18n/page-words.ts';

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await findWords();
  return { title: t('site.catalogue') };
}

export default async function Page({ searchParams }: PageInput) {
  return (
    <HydrationBoundary state={await withItems(toParameters(await searchParams))}>
      <Catalogue />
    </HydrationBoundary>
  );
}
