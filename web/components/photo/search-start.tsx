'use client';

import { useShop } from '@/components/layout/shop-provider.tsx';
import zone from '@/components/ui/drop-zone.module.css';
import { FileButton } from '@/components/ui/file-button.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';
import { HowItWorks } from './how-it-works.tsx';
import { LinkForm } from './link-form.tsx';
import { RecentPhotos } from './recent-photos.tsx';
import { SceneShelf } from './scene-shelf.tsx';
import styles from './search-start.module.css';
import { useUpload } from './upload-provider.tsx';

/** The start page: what a search does, photo upload, and drawn scenes for visitors without a photo. */
export function SearchStart() {
  const { start } = useUpload();
  const { t } = useWords();
  const shop = useShop();
  return (
    <>
      <div className={styles.start}>
        <div className={styles.words}>
          <h1>{t('start.title')}</h1>
          <p>{t('start.lead')}</p>
          {shop?.isDemo && <p>{t.rich('start.catalogue', { code: (command) => <code>{command}</code> })}</p>}
        </div>
        <div className={`${zone.zone} ${styles.zone}`}>
          <p className={zone.lead}>
            <span className={zone.byMouse}>{t('start.drop')}</span>
            <span className={zone.byTouch}>{t('start.chooseOrTake')}</span>
          </p>
          <div className={styles.buttons}>
            <FileButton kind="primary" camera className={styles.camera} onFile={start}>
              {t('action.takePhoto')}
            </FileButton>
            <FileButton kind="primary" className={styles.choose} onFile={start}>
              {t('action.choosePhoto')}
            </FileButton>
          </div>
          <p className={zone.byMouse}>{t('start.paste')}</p>
          <p>{t('start.formats')}</p>
          <LinkForm onLink={start} />
        </div>
        <div className={styles.how}>
          <HowItWorks />
        </div>
      </div>
      <RecentPhotos />
      <SceneShelf />
    </>
  );
}
