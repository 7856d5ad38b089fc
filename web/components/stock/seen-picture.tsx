'use client';

import { useId, useState } from 'react';
import card from '@/components/garments/garment-card.module.css';
import { OutlinedPhoto } from '@/components/garments/outlined-photo.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import type { SeenPicture as Picture, SeenGarment } from '@/lib/api/stock.ts';
import { garmentName } from '@/lib/categories.ts';
import { formatShare } from '@/lib/format.ts';
import { atWidth } from '@/lib/image-url.ts';
import styles from './seen.module.css';
import { wordsOfChoice } from './words.ts';

interface SeenPictureProps {
  picture: Picture;
  /** The item's title. */
  title: string;
  name: string;
}

/** A picture with the outlines of its garments, and each of them with what is known of it: radio buttons, for arrow keys. */
export function SeenPicture({ picture, title, name }: SeenPictureProps) {
  const { garments } = picture;
  const group = useId();
  const [chosen, setChosen] = useState(
    () => garments.find(({ isMatched }) => isMatched)?.id ?? garments[0]?.id ?? null,
  );
  const [highlighted, setHighlighted] = useState<string | null>(null);
  return (
    <div className={styles.picture}>
      <OutlinedPhoto
        picture={picture}
        alt={`${name} of ${title}`}
        garments={garments}
        chosen={chosen}
        highlighted={highlighted}
        mostHigh="30rem"
        sizes="(max-width: 46rem) 92vw, 24rem"
        onChoose={setChosen}
        onHighlight={setHighlighted}
      />
      <fieldset className={styles.garments}>
        <legend>{name}</legend>
        {garments.length === 0 && <p className={styles.soft}>The parser found no garment in it.</p>}
        {garments.map((garment) => (
          <label
            key={garment.id}
            className={`${card.card} ${styles.garment}`}
            data-matched={garment.isMatched ? '' : undefined}
            onPointerEnter={({ pointerType }) => pointerType === 'mouse' && setHighlighted(garment.id)}
            onPointerLeave={() => setHighlighted(null)}
          >
            <input
              type="radio"
              name={group}
              value={garment.id}
              checked={garment.id === chosen}
              onChange={() => setChosen(garment.id)}
            />
            <img src={atWidth(garment.cropUrl, 160)} alt="" loading="lazy" />
            <span className={styles.words}>
              <span className={styles.name}>
                {garmentName(garment)} {garment.isMatched && <Badge tone="good">Matched</Badge>}
              </span>
              <small>{measuresOf(garment)}</small>
              <small>{wordsOfChoice(garment)}</small>
            </span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function measuresOf({ whole, score, coverage, corrected, parsedCategory }: SeenGarment): string {
  if (whole) return 'No garment was found: the picture as a whole';
  const parts = [
    `${formatShare(score)} sure`,
    `${coverage < 0.01 ? 'less than 1%' : formatShare(coverage)} of the picture`,
    corrected &&
      `put right by hand, the parser said ${garmentName({ category: parsedCategory }).toLowerCase()}`,
  ];
  return parts.filter(Boolean).join(' · ');
}
