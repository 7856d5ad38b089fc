'use client';

import { useIsMerchandiser } from '@/lib/hooks/use-session.ts';
import { OutfitGone } from './outfit-gone.tsx';
import { OutfitPage } from './outfit-page.tsx';

/** The server looked in the default shop; visitors signed in to another shop may have the outfit there. */
export function MissingOutfit() {
  return useIsMerchandiser() ? <OutfitPage /> : <OutfitGone />;
}
