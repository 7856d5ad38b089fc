import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { MissingOutfit } from '@/components/outfits/missing-outfit.tsx';
import { OutfitPage } from '@/components/outfits/outfit-page.tsx';
import { findOutfit, type PageInput, withOutfit } from '@/lib/arriving.ts';
import { findWords } from '@/lib/i18n/page-words.ts';
import { answerNotFound, missingMetadata } from '@/lib/missing.ts';
import { outfitName } from '@/lib/outfit-words.ts';
import { idOfParameter } from '@/lib/path-id.ts';

type Props = PageInput<{ id: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [outfit, words] = await Promise.all([findOutfit(await idOf(params)), findWords()]);
  if (outfit === null) return missingMetadata(words.t('outfit.missing'));
  // Every combination of pieces has an address, and some show a visitor's photo.
  return { title: outfit ? outfitName(words, outfit) : words.t('outfit.page'), robots: { index: false } };
}

export default async function Page({ params }: Props) {
  const outfit = await findOutfit(await idOf(params));
  if (outfit === null) {
    answerNotFound();
    return <MissingOutfit />;
  }
  if (!outfit) return <OutfitPage />;
  return (
    <HydrationBoundary state={withOutfit(outfit, await idOf(params))}>
      <OutfitPage />
    </HydrationBoundary>
  );
}

async function idOf(params: Props['params']): Promise<string> {
  return idOfParameter((await params).id);
}
