'use client';

import { ButtonLink } from '@/components/ui/button.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';
import { useUpload } from './upload-provider.tsx';

export function PhotoGone() {
  const { start } = useUpload();
  const { t } = useWords();
  return (
    <Notice
      heading="h1"
      title={t('photo.gone')}
      actions={
        <>
          <FileButton kind="primary" onFile={start}>
            {t('action.choosePhoto')}
          </FileButton>
          <ButtonLink href="/items">{t('action.browse')}</ButtonLink>
        </>
      }
    >
      <p>{t('photo.goneText')}</p>
    </Notice>
  );
}
