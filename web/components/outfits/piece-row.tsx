'use client';

import Link from 'next/link';
import { Price } from '@/components/items/price.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import type { OutfitPiece, Slot } from '@/lib/api/outfit-shapes.ts';
import type { Builder } from '@/lib/hooks/use-builder.ts';
import { type Swapping, swapButtonId } from '@/lib/hooks/use-swapping.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { atWidth } from '@/lib/image-url.ts';
import { isAnchor } from '@/lib/outfit-address.ts';
import { pieceName, slotLabel } from '@/lib/outfit-words.ts';
import { itemPath } from '@/lib/path-id.ts';
import { UNDO_BUTTON } from './builder-bar.tsx';
import { Padlock } from './icons.tsx';
import styles from './piece-row.module.css';
import { SwapStrip } from './swap-strip.tsx';

interface PieceRowProps {
  piece: OutfitPiece;
  /** What the visitor started from: `What you chose`. */
  given: string;
  builder: Builder;
  swapping: Swapping;
  slots: Slot[] | undefined;
}

/** An outfit has at least two pieces. */
const LEAST_PIECES = 2;

/** A piece of the outfit, with what can be done with it. */
export function PieceRow({ piece, given, builder, swapping, slots }: PieceRowProps) {
  const words = useWords();
  const { t } = words;
  const { slot, item, crop } = piece;
  const { outfit, to, kept } = builder;
  const name = pieceName(words, piece);
  const anchor = isAnchor(piece, to);
  const swaps = swapping.slot === slot;
  const label = slotLabel(words, slot, slots);
  return (
    <div className={styles.row}>
      <span className={styles.picture}>
        {crop && <img src={atWidth(crop.url, 160)} alt="" loading="lazy" />}
      </span>
      <div className={styles.words}>
        <span className={styles.slot}>{label}</span>
        {item ? (
          <Link href={itemPath(item.id)} prefetch={false} className={styles.title}>
            {name}
          </Link>
        ) : (
          <span className={styles.title}>{name}</span>
        )}
        {item && <Price price={item.price} formerPrice={item.formerPrice} />}
        <span className={styles.badges}>
          {anchor && <Badge tone="good">{given}</Badge>}
          {item && item.availability !== 'IN_STOCK' && (
            <Badge tone={item.availability === 'OUT_OF_STOCK' ? 'warn' : 'plain'}>
              {t(`items.availability.${item.availability}`)}
            </Badge>
          )}
        </span>
      </div>
      {!anchor && (
        <div className={styles.actions}>
          <button
            type="button"
            className={styles.lock}
            aria-pressed={kept.includes(slot)}
            aria-label={t('outfit.lockLabel', { piece: name })}
            onClick={() => builder.toggleKept(slot)}
          >
            <Padlock closed={kept.includes(slot)} />
            {t('outfit.lock')}
          </button>
          <Button
            id={swapButtonId(slot)}
            aria-expanded={swaps}
            aria-label={t('outfit.swapLabel', { piece: name })}
            onClick={() => (swaps ? swapping.close() : swapping.open(slot))}
          >
            {t('outfit.swap')}
          </Button>
          {outfit.pieces.length > LEAST_PIECES && (
            <Button
              kind="quiet"
              aria-label={t('outfit.removeLabel', { piece: name })}
              onClick={async () => {
                // The button is gone with its row.
                if (await builder.remove(slot)) document.getElementById(UNDO_BUTTON)?.focus();
              }}
            >
              {t('outfit.remove')}
            </Button>
          )}
        </div>
      )}
      {swaps && (
        <div className={styles.swaps}>
          <SwapStrip builder={builder} swapping={swapping} label={label} />
        </div>
      )}
    </div>
  );
}
