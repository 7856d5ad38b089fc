import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { MissingPhoto } from '@/components/photo/missing-photo.tsx';
import { PhotoPage } from '@/components/photo/photo-page.tsx';
import { findPhoto, type PageInput, toParameters, withPhoto } from '@/lib/arriving.ts';
import { garmentName } from '@/lib/categories.ts';
import { answerNotFound, missingMetadata } from '@/lib/missing.ts';
import { idOfParameter } from '@/lib/path-id.ts';

type Props = PageInput<{ id: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const photo = await findPhoto(await idOf(params));
  if (photo === null) return missingMetadata('No such photo');
  const named = photo?.garments.map((garment) => garmentName(garment).toLowerCase()) ?? [];
  return {
    title: named.length > 0 ? `Photo of ${named.join(', ')}` : 'Photo',
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
