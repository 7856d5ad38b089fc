'use client';

import { useId } from 'react';
import { ItemTile } from '@/components/items/item-tile.tsx';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { Button } from '@/components/ui/button.tsx';
import type { Garment } from '@/lib/api/shapes.ts';
import { loadSimilarItems } from '@/lib/api/similar.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useNear } from '@/lib/hooks/use-near.ts';
import { sayGarment, sayThisGarment } from '@/lib/i18n/say.ts';
import { tellError } from '@/lib/i18n/tell-error.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { atWidth } from '@/lib/image-url.ts';
import { momentOf, nearestQuestion, similarQuestion, usualCategory } from '@/lib/similar-question.ts';
import styles from './whole-look.module.css';

interface WholeLookProps {
  garments: Garment[];
  onChoose(id: string): void;
}

/** The nearest items of every garment in the photo, a row each. Loaded once it comes near the window. */
export function WholeLook({ garments, onChoose }: WholeLookProps) {
  const words = useWords();
  const { t } = words;
  const [section, near] = useNear<HTMLElement>();
  const heading = useId();
  return (
    <section ref={section} aria-labelledby={heading} className={styles.look} id="whole-look">
      <h2 id={heading}>{t('photo.look')}</h2>
      {garments.map((garment) => (
        <div key={garment.id} className={styles.row}>
          <div className={styles.garment}>
            <img src={atWidth(garment.cropUrl, 160)} alt="" loading="lazy" />
            <h3>{sayGarment(words, garment)}</h3>
            <Button
              kind="quiet"
              aria-label={t('photo.allLike', { garment: sayThisGarment(words, garment) })}
              onClick={() => {
                onChoose(garment.id);
                document.getElementById('matches')?.scrollIntoView();
              }}
            >
              {t('photo.seeAll')}
            </Button>
          </div>
          {near ? <Nearest garment={garment} /> : <div className={styles.waiting} />}
        </div>
      ))}
    </section>
  );
}

/** As many as a row shows. */
const SHOWN = 4;
const NO_PARAMETERS = new URLSearchParams();

function Nearest({ garment }: { garment: Garment }) {
  const words = useWords();
  const { t } = words;
  const shop = useShop();
  const usual = usualCategory(shop, garment.category);
  const question = nearestQuestion(similarQuestion({ garmentId: garment.id }, usual, NO_PARAMETERS));
  const { value: page, error } = useLoaded(
    `whole look ${JSON.stringify(question)} ${momentOf(shop)}`,
    (signal) => loadSimilarItems(question, null, signal, SHOWN),
  );
  if (error) return <p className={styles.waiting}>{tellError(error, words).advice}</p>;
  if (!page) return <div className={styles.waiting} role="status" aria-label={t('items.loading')} />;
  return (
    <ul className={styles.items} aria-label={t('photo.like', { garment: sayThisGarment(words, garment) })}>
      {page.entries.map(({ item }) => (
        <li key={item.id}>
          <ItemTile item={item} brief />
        </li>
      ))}
    </ul>
  );
}
