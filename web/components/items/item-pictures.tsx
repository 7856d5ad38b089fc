'use client';

import { useState } from 'react';
import { OutlinedPhoto } from '@/components/garments/outlined-photo.tsx';
import { Button } from '@/components/ui/button.tsx';
import type { ItemDetails } from '@/lib/api/shapes.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { atWidth } from '@/lib/image-url.ts';
import styles from './item-page.module.css';

/** An item's pictures, with the outline of the garment that searches match against on demand. */
export function ItemPictures({ item }: { item: ItemDetails }) {
  const { t } = useWords();
  const { pictures, title } = item;
  const [position, setPosition] = useState(0);
  const [outlined, setOutlined] = useState(false);
  const picture = pictures[position] ?? pictures[0];
  if (!picture) return <p>{item.pending ? t('item.noPictureYet') : t('item.noPicture')}</p>;
  const { garment } = picture;
  return (
    <div className={styles.pictures}>
      <OutlinedPhoto
        picture={picture}
        alt={title}
        garments={outlined && garment ? [garment] : []}
        chosen={garment?.id}
        highlighted={garment?.id}
        mostHigh="78dvh"
        sizes="(max-width: 46rem) 92vw, 40rem"
      />
      <div className={styles.row}>
        {garment && !garment.whole && (
          <Button kind="quiet" aria-pressed={outlined} onClick={() => setOutlined(!outlined)}>
            {outlined ? t('item.hideOutline') : t('item.outline')}
          </Button>
        )}
        {pictures.length > 1 && (
          <div className={styles.thumbs}>
            {pictures.map(({ url }, index) => (
              <button
                key={url}
                type="button"
                className={styles.thumb}
                aria-pressed={index === position}
                onClick={() => setPosition(index)}
              >
                <img
                  src={atWidth(url, 160)}
                  alt={t('item.view', { number: index + 1, total: pictures.length })}
                />
              </button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
