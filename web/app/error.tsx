'use client';

import { useEffect } from 'react';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';

export default function PageError({ error, retry }: { error: unknown; retry(): void }) {
  const { t } = useWords();
  useEffect(() => console.error(error), [error]);
  return (
    <Notice
      heading="h1"
      kind="failure"
      title={t('broken.title')}
      actions={
        <>
          <Button kind="primary" onClick={() => retry()}>
            {t('action.retry')}
          </Button>
          <ButtonLink href="/">{t('action.searchByPhoto')}</ButtonLink>
        </>
      }
    >
      <p>{t('broken.text')}</p>
    </Notice>
  );
}
