'use client';

import { ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';

export function OutfitGone() {
  const { t } = useWords();
  return (
    <Notice
      heading="h1"
      title={t('outfit.gone')}
      actions={
        <>
          <ButtonLink kind="primary" href="/items">
            {t('action.browse')}
          </ButtonLink>
          <ButtonLink href="/">{t('action.searchByPhoto')}</ButtonLink>
        </>
      }
    >
      <p>{t('outfit.goneText')}</p>
      <p>{t('outfit.goneNext')}</p>
    </Notice>
  );
}
