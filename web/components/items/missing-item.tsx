'use client';

import { useParams } from 'next/navigation';
import { useIsMerchandiser } from '@/lib/hooks/use-session.ts';
import { idOfParameter } from '@/lib/path-id.ts';
import { ItemPage, UnknownItem } from './item-page.tsx';

/** The server finds no item that everyone can see; the shop's staff may still see it. */
export function MissingItem() {
  const { id } = useParams<{ id?: string }>();
  const signedIn = useIsMerchandiser();
  return signedIn && id ? <ItemPage id={idOfParameter(id)} /> : <UnknownItem />;
}
