'use client';

import { useShop } from '@/components/layout/shop-provider.tsx';
import zone from '@/components/ui/drop-zone.module.css';
import { FileButton } from '@/components/ui/file-button.tsx';
import { HowItWorks } from './how-it-works.tsx';
import { LinkForm } from './link-form.tsx';
import { RecentPhotos } from './recent-photos.tsx';
import { SceneShelf } from './scene-shelf.tsx';
import styles from './search-start.module.css';
import { useUpload } from './upload-provider.tsx';

/** The start page: what a search does, photo upload, and drawn scenes for visitors without a photo. */
export function SearchStart() {
  const { start } = useUpload();
  const shop = useShop();
  return (
    <>
      <div className={styles.start}>
        <div className={styles.words}>
          <h1>Bring your own photo. Find it in the shop.</h1>
          <p>
            Use a picture of anyone well dressed: Armoire outlines every garment in it and shows the shop’s
            items that look most like the one you choose.
          </p>
          {shop?.isDemo && (
            <p>
              Bring your own catalogue too: <code>npm run import -- FOLDER</code>
            </p>
          )}
        </div>
        <div className={`${zone.zone} ${styles.zone}`}>
          <p className={zone.lead}>
            <span className={zone.byMouse}>Drop a photo anywhere on this page</span>
            <span className={zone.byTouch}>Choose a photo, or take one</span>
          </p>
          <div className={styles.buttons}>
            <FileButton kind="primary" camera className={styles.camera} onFile={start}>
              Take a photo
            </FileButton>
            <FileButton kind="primary" className={styles.choose} onFile={start}>
              Choose a photo
            </FileButton>
          </div>
          <p className={zone.byMouse}>or paste one, or a link to one, with Ctrl V (⌘ V)</p>
          <p>JPEG, PNG, WebP, GIF, AVIF or HEIC; large ones are shrunk first</p>
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
