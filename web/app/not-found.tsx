import type { Metadata } from 'next';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { findWords } from '@/lib/i18n/page-words.ts';

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await findWords();
  return { title: t('missing.page') };
}

export default async function NotFound() {
  const { t } = await findWords();
  return (
    <Notice
      heading="h1"
      title={t('missing.title')}
      actions={
        <>
          <ButtonLink kind="primary" href="/">
            {t('action.searchByPhoto')}
          </ButtonLink>
          <ButtonLink href="/items">{t('action.browse')}</ButtonLink>
        </>
      }
    >
      <p>{t('missing.text')}</p>
    </Notice>
  );
}
