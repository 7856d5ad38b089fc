'use client';

import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import type { OutfitList } from '@/lib/api/outfit-shapes.ts';
import { NO_OUTFITS } from '@/lib/outfit-words.ts';

interface NoOutfitsProps {
  empty: NonNullable<OutfitList['empty']>;
  onRetry(): void;
  /** Further buttons. */
  children?: ReactNode;
}

/** Why there are no outfits, in the server's words, and what can be done. */
export function NoOutfits({ empty: { reason, message }, onRetry, children }: NoOutfitsProps) {
  return (
    <Notice
      title={NO_OUTFITS[reason]}
      actions={
        <>
          {children}
          {reason === 'NOT_READY' ? (
            <Button onClick={onRetry}>Look again</Button>
          ) : (
            <ButtonLink href="/items">Browse the catalogue</ButtonLink>
          )}
        </>
      }
    >
      <p>{message}</p>
    </Notice>
  );
}
