'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { Failure } from '@/components/ui/failure.tsx';
import { loadOutfit } from '@/lib/api/outfits.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { outfitIdIn } from '@/lib/outfit-address.ts';
import { outfitName as namesOf } from '@/lib/outfit-words.ts';
import { outfitName } from '@/lib/query-keys.ts';
import { OutfitBuilder } from './outfit-builder.tsx';
import { OutfitGone } from './outfit-gone.tsx';
import { OutfitSkeleton } from './outfit-skeleton.tsx';

/** The outfit in the address. Changing it changes the address, without a request for another page. */
export function OutfitPage() {
  const words = useWords();
  const id = outfitIdIn(usePathname());
  const {
    value: outfit,
    error,
    reload,
  } = useLoaded(outfitName(id), (signal) => loadOutfit(id, { signal }), { arrives: true });
  const title = outfit && namesOf(words, outfit);
  useEffect(() => {
    if (title) document.title = `${title} · Armoire`;
  }, [title]);
  if (error) return <Failure error={error} onRetry={reload} />;
  if (outfit === null) return <OutfitGone />;
  if (!outfit) return <OutfitSkeleton />;
  return <OutfitBuilder outfit={outfit} />;
}
