'use client';

import Link from 'next/link';
import { Price } from '@/components/items/price.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import type { Outfit, OutfitPiece } from '@/lib/api/outfit-shapes.ts';
import type { OutfitsTo } from '@/lib/api/outfits.ts';
import { watchOutfit } from '@/lib/events.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { isAnchor, outfitAddress } from '@/lib/outfit-address.ts';
import { outfitName, outfitTitle, pieceName, whyTogether } from '@/lib/outfit-words.ts';
import { itemPath } from '@/lib/path-id.ts';
import { Collage } from './collage.tsx';
import styles from './outfit-card.module.css';
import { Total } from './total.tsx';

interface OutfitCardProps {
  outfit: Outfit;
  to: OutfitsTo;
  /** What the visitor started from: `What you chose`. */
  given: string;
}

/** An outfit in a row: its collage, and its pieces with their prices. */
export function OutfitCard({ outfit, to, given }: OutfitCardProps) {
  const words = useWords();
  const { t } = words;
  const { isShops, pieces } = outfit;
  const reason = whyTogether(words, outfit);
  const address = outfitAddress(outfit.id, { to });
  return (
    <article className={styles.card} {...watchOutfit()}>
      {/* The words below lead to the same page. */}
      <Link href={address} prefetch={false} className={styles.picture} tabIndex={-1} aria-hidden="true">
        <Collage pieces={pieces} label={null} sizes="10rem" />
        {isShops && (
          <span className={styles.badge}>
            <Badge tone="good">{t('outfits.shops')}</Badge>
          </span>
        )}
      </Link>
      <h3 className={styles.words}>
        {isShops && <span className="visually-hidden">{t('outfits.shops')}: </span>}
        {outfitTitle(words, outfit)}
      </h3>
      <div className={styles.line}>
        <Total outfit={outfit} />
        <Link
          href={address}
          prefetch={false}
          className={styles.change}
          aria-label={t('outfits.changeLabel', { outfit: outfitName(words, outfit) })}
        >
          {t('outfits.change')}
        </Link>
      </div>
      <p className={styles.reason} title={reason}>
        {reason}
      </p>
      <ul className={styles.pieces}>
        {pieces.map((piece) => (
          <li key={piece.slot}>
            <CardPiece piece={piece} given={isAnchor(piece, to) ? given : null} />
          </li>
        ))}
      </ul>
    </article>
  );
}

/** A piece, with a link to its item. `given`: what the visitor started from is where they are already. */
function CardPiece({ piece, given }: { piece: OutfitPiece; given: string | null }) {
  const words = useWords();
  const { item } = piece;
  const name = <span className={styles.title}>{pieceName(words, piece)}</span>;
  if (given !== null || !item) {
    return (
      <span className={styles.piece}>
        {name}
        <span className={styles.given}>{given}</span>
      </span>
    );
  }
  return (
    <Link href={itemPath(item.id)} prefetch={false} className={styles.piece}>
      {name}
      <Price price={item.price} formerPrice={null} />
    </Link>
  );
}
