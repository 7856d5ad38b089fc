'use client';

import { ButtonLink } from '@/components/ui/button.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';
import { useUpload } from './upload-provider.tsx';

export function NoGarments({ mayDraw }: { mayDraw: boolean }) {
  const { start } = useUpload();
  const { t } = useWords();
  return (
    <Notice
      title={t('photo.none')}
      actions={
        <>
          <FileButton kind="primary" onFile={start}>
            {t('action.anotherPhoto')}
          </FileButton>
          <ButtonLink href="/items">{t('action.browseWhole')}</ButtonLink>
        </>
      }
    >
      <p>{t('photo.noneBest')}</p>
      {mayDraw && <p>{t('photo.noneDraw')}</p>}
      <p>{t('photo.noneKnown')}</p>
    </Notice>
  );
}
