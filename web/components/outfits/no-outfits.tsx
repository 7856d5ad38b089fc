'use client';

import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import type { OutfitList } from '@/lib/api/outfit-shapes.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { whyNone } from '@/lib/outfit-words.ts';

interface NoOutfitsProps {
  empty: NonNullable<OutfitList['empty']>;
  onRetry(): void;
  /** Further buttons. */
  children?: ReactNode;
}

/** Why there are no outfits, and what can be done. */
export function NoOutfits({ empty, onRetry, children }: NoOutfitsProps) {
  const words = useWords();
  const { t } = words;
  const { reason } = empty;
  return (
    <Notice
      title={t(`outfits.none.${reason}.title`)}
      actions={
        <>
          {children}
          {reason === 'NOT_READY' ? (
            <Button onClick={onRetry}>{t('outfits.lookAgain')}</Button>
          ) : (
            <ButtonLink href="/items">{t('action.browse')}</ButtonLink>
          )}
        </>
      }
    >
      <p>{whyNone(words, empty)}</p>
    </Notice>
  );
}
