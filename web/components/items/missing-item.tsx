'use client';

import { useParams } from 'next/navigation';
import { useIsMerchandiser } from '@/lib/hooks/use-session.ts';
import { ItemPage, UnknownItem } from './item-page.tsx';

/** The server knows of no such item that everybody may see; the shop's people may see it all the same. */
export function MissingItem() {
  const { id } = useParams<{ id?: string }>();
  const signedIn = useIsMerchandiser();
  return signedIn && id ? <ItemPage id={decodeURIComponent(id)} /> : <UnknownItem />;
}
