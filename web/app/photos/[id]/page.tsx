import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { MissingPhoto } from '@/components/photo/missing-photo.tsx';
import { PhotoPage } from '@/components/photo/photo-page.tsx';
import { findPhoto, type PageInput, toParameters, withPhoto } from '@/lib/arriving.ts';
import { findWords } from '@/lib/i18n/page-words.ts';
import { sayGarmentWithin } from '@/lib/i18n/say.ts';
import { answerNotFound, missingMetadata } from '@/lib/missing.ts';
import { idOfParameter } from '@/lib/path-id.ts';

type Props = PageInput<{ id: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [photo, words] = await Promise.all([findPhoto(await idOf(params)), findWords()]);
  if (photo === null) return missingMetadata(words.t('photo.missing'));
  const named = photo?.garments.map((garment) => sayGarmentWithin(words, garment)) ?? [];
  return {
    title: named.length > 0 ? words.t('photo.pageOf', { garments: named.join(', ') }) : words.t('photo.page'),
    // A visitor's photo is nobody else's business.
    robots: { index: false },
  };
}

export default async function Page({ params, searchParams }: Props) {
  const id = await idOf(params);
  const photo = await findPhoto(id);
  if (photo === null) {
    answerNotFound();
    return <MissingPhoto />;
  }
  if (!photo) return <PhotoPage id={id} />;
  return (
    <HydrationBoundary state={await withPhoto(photo, toParameters(await searchParams))}>
      <PhotoPage id={id} />
    </HydrationBoundary>
  );
}

async function idOf(params: Props['params']): Promise<string> {
  return idOfParameter((await params).id);
}
