'use client';

import { useState } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import type { Outfit } from '@/lib/api/outfit-shapes.ts';
import { loadOutfits, loadSlots } from '@/lib/api/outfits.ts';
import { useBuilder } from '@/lib/hooks/use-builder.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useSwapping } from '@/lib/hooks/use-swapping.ts';
import { useUndoKeys } from '@/lib/hooks/use-undo-keys.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { outfitName, outfitTitle } from '@/lib/outfit-words.ts';
import { useIsOwnPhoto } from '@/lib/own-photos.ts';
import { outfitsName, SLOTS } from '@/lib/query-keys.ts';
import { AddPiece } from './add-piece.tsx';
import { BuilderBar } from './builder-bar.tsx';
import { BuilderNotes } from './builder-notes.tsx';
import { BuilderWishes } from './builder-wishes.tsx';
import { Collage } from './collage.tsx';
import { MoreIdeas } from './more-ideas.tsx';
import styles from './outfit-builder.module.css';
import { PieceRow } from './piece-row.tsx';
import { Total } from './total.tsx';
import { WhyTogether } from './why-together.tsx';

/** An outfit whose pieces the visitor keeps, exchanges, removes and adds. */
export function OutfitBuilder({ outfit }: { outfit: Outfit }) {
  const words = useWords();
  const { t } = words;
  const builder = useBuilder(outfit);
  const swapping = useSwapping(builder);
  const { to, question, said } = builder;
  const { value: slots } = useLoaded(SLOTS, loadSlots, { arrives: true });
  const ideas = useLoaded(outfitsName(question), (signal) => loadOutfits(question, signal), {
    arrives: true,
  });
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const own = useIsOwnPhoto(to.photoId ?? '');
  const given = to.itemId ? t('item.given') : own ? t('outfits.worn') : t('outfit.fromPhoto');
  useUndoKeys(builder.undo);

  return (
    <>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <div className={styles.columns}>
        <div className={styles.picture}>
          <Collage
            pieces={outfit.pieces}
            label={outfitName(words, outfit)}
            sizes="(max-width: 60rem) 45vw, 18rem"
            highlighted={highlighted}
          />
        </div>
        <div className={styles.side}>
          <div className={styles.head}>
            {outfit.isShops && (
              <p>
                <Badge tone="good">{t('outfits.shops')}</Badge>
              </p>
            )}
            <h1>{outfitTitle(words, outfit)}</h1>
            <WhyTogether outfit={outfit} slots={slots} />
            <div className={styles.total}>
              <Total outfit={outfit} />
            </div>
          </div>
          <BuilderBar builder={builder} />
          <BuilderNotes builder={builder} ideas={ideas.value} slots={slots} onSwap={swapping.open} />
          <ul className={styles.pieces} aria-label={t('outfit.pieces')} aria-busy={builder.busy}>
            {outfit.pieces.map((piece) => (
              <li
                key={piece.slot}
                onPointerEnter={({ pointerType }) => pointerType === 'mouse' && setHighlighted(piece.slot)}
                onPointerLeave={() => setHighlighted(null)}
              >
                <PieceRow piece={piece} given={given} builder={builder} swapping={swapping} slots={slots} />
              </li>
            ))}
          </ul>
          <AddPiece builder={builder} swapping={swapping} slots={slots} />
          <BuilderWishes builder={builder} />
        </div>
      </div>
      <MoreIdeas builder={builder} ideas={ideas} />
    </>
  );
}
