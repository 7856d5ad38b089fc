'use client';

import { type CSSProperties, useEffect, useRef } from 'react';
import { TransformComponent, TransformWrapper } from 'react-zoom-pan-pinch';
import { OutlinedPhoto } from '@/components/garments/outlined-photo.tsx';
import { Button } from '@/components/ui/button.tsx';
import type { Garment, Photo } from '@/lib/api/shapes.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './photo-viewer.module.css';

interface PhotoViewerProps {
  photo: Photo;
  alt: string;
  garments: Garment[];
  chosen: string | undefined;
  onChoose(id: string): void;
  onClose(): void;
}

const MOST_ZOOM = 6;

/** The photo over the whole window, zoomed by pinch, wheel, double press or buttons. Shown while mounted. */
export function PhotoViewer({ photo, alt, garments, chosen, onChoose, onClose }: PhotoViewerProps) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className={styles.viewer} aria-label={t('photo.enlarged')} onClose={onClose}>
      <TransformWrapper maxScale={MOST_ZOOM} doubleClick={{ mode: 'toggle' }}>
        {({ zoomIn, zoomOut }) => (
          <>
            <TransformComponent wrapperClass={styles.canvas ?? ''} contentClass={styles.content ?? ''}>
              <div
                className={styles.photo}
                style={{ '--ratio': photo.width / photo.height } as CSSProperties}
              >
                <OutlinedPhoto
                  picture={{ url: photo.imageUrl, width: photo.width, height: photo.height }}
                  alt={alt}
                  garments={garments}
                  chosen={chosen}
                  mostHigh="var(--room)"
                  sizes="100vw"
                  onChoose={onChoose}
                />
              </div>
            </TransformComponent>
            <div className={styles.tools}>
              <Button onClick={() => zoomOut()} aria-label={t('photo.zoomOut')}>
                −
              </Button>
              <Button onClick={() => zoomIn()} aria-label={t('photo.zoomIn')}>
                +
              </Button>
              {/* Closed, not just removed, so that the browser returns the focus to where it was. */}
              <Button kind="primary" onClick={() => dialog.current?.close()}>
                {t('action.close')}
              </Button>
            </div>
          </>
        )}
      </TransformWrapper>
    </dialog>
  );
}
