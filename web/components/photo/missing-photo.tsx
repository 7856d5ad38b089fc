'use client';

import { useParams } from 'next/navigation';
import { useIsMerchandiser } from '@/lib/hooks/use-session.ts';
import { idOfParameter } from '@/lib/path-id.ts';
import { PhotoGone } from './photo-gone.tsx';
import { PhotoPage } from './photo-page.tsx';

/** The server looked in the default shop; visitors signed in to another shop may have the photo there. */
export function MissingPhoto() {
  const { id } = useParams<{ id?: string }>();
  const signedIn = useIsMerchandiser();
  return signedIn && id ? <PhotoPage id={idOfParameter(id)} /> : <PhotoGone />;
}
