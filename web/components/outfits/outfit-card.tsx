'use client';

import Link from 'next/link';
import { Price } from '@/components/items/price.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import type { Outfit, OutfitPiece } from '@/lib/api/outfit-shapes.ts';
import type { OutfitsTo } from '@/lib/api/outfits.ts';
import { isAnchor, outfitAddress } from '@/lib/outfit-address.ts';
import { outfitName, pieceName, scoreInWords } from '@/lib/outfit-words.ts';
import { Collage } from './collage.tsx';
import styles from './outfit-card.module.css';
import { Total } from './total.tsx';

interface OutfitCardProps {
  outfit: Outfit;
  to: OutfitsTo;
  /** What the visitor started from: `What you chose`. */
  given: string;
}

/** An outfit in a row: its collage, which opens it in the builder, and its pieces with their prices. */
export function OutfitCard({ outfit, to, given }: OutfitCardProps) {
  const { id, isShops, lookName, pieces, reason, score } = outfit;
  const others = pieces.filter((piece) => !isAnchor(piece, to));
  return (
    <article className={styles.card}>
      <Link
        href={outfitAddress(id, { to })}
        prefetch={false}
        className={styles.picture}
        aria-label={`Change it: ${outfitName(outfit)}`}
      >
        <Collage pieces={pieces} label={null} sizes="10rem" mark={{ words: given, to }} />
        {isShops && (
          <span className={styles.badge}>
            <Badge tone="good">The shop’s look</Badge>
          </span>
        )}
        <span className={styles.open} aria-hidden="true">
          Change it
        </span>
      </Link>
      <div className={styles.head}>
        <h3>{(isShops && lookName) || scoreInWords(score)}</h3>
        <Total outfit={outfit} />
      </div>
      <p className={styles.reason} title={reason}>
        {reason}
      </p>
      <ul className={styles.pieces}>
        {others.map((piece) => (
          <li key={piece.slot}>
            <PieceLink piece={piece} />
          </li>
        ))}
      </ul>
    </article>
  );
}

function PieceLink({ piece }: { piece: OutfitPiece }) {
  const { item } = piece;
  if (!item) return <span>{pieceName(piece)}</span>;
  return (
    <Link href={`/items/${encodeURIComponent(item.id)}`} prefetch={false} className={styles.piece}>
      <span className={styles.title}>{item.title}</span>
      <Price price={item.price} formerPrice={null} />
    </Link>
  );
}
