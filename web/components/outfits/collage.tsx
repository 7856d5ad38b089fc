import type { OutfitPiece } from '@/lib/api/outfit-shapes.ts';
import type { OutfitsTo } from '@/lib/api/outfits.ts';
import { layOut } from '@/lib/collage.ts';
import { atWidth, sourceSet } from '@/lib/image-url.ts';
import { isAnchor } from '@/lib/outfit-address.ts';
import styles from './collage.module.css';

interface CollageProps {
  pieces: readonly OutfitPiece[];
  /** Read out in place of the pictures; null if the text beside it says the same. */
  label: string | null;
  /** The `sizes` of one garment's picture. */
  sizes: string;
  /** Slot of a piece to show, the others dimmed. */
  highlighted?: string | null;
  /** Marks what the outfit is built around. */
  mark?: { words: string; to: OutfitsTo | null };
}

/** The garments of an outfit, cut out and laid out as on a body. */
export function Collage({ pieces, label, sizes, highlighted = null, mark }: CollageProps) {
  const shown = pieces.flatMap((piece) =>
    piece.crop ? [{ piece, slot: piece.slot, crop: piece.crop }] : [],
  );
  const places = layOut(shown.map(({ slot, crop }) => ({ ...crop, slot })));
  const named = label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <div className={styles.collage} {...named}>
      {shown.map(({ slot, crop }, index) => {
        const { left, top, width, height, depth } = places[index]!;
        return (
          <img
            key={crop.url}
            className={styles.piece}
            data-whole={crop.whole ? '' : undefined}
            data-dim={highlighted && highlighted !== slot ? '' : undefined}
            src={atWidth(crop.url, 320)}
            srcSet={sourceSet(crop.url, 960)}
            sizes={sizes}
            alt=""
            loading="lazy"
            decoding="async"
            style={{
              left: `${left}%`,
              top: `${top}%`,
              width: `${width}%`,
              height: `${height}%`,
              zIndex: depth,
            }}
          />
        );
      })}
      {mark &&
        shown.map(({ piece, slot }, index) => {
          if (!isAnchor(piece, mark.to)) return null;
          const { left, top, width, height } = places[index]!;
          return (
            <span
              key={slot}
              className={styles.mark}
              style={{ left: `${left + width / 2}%`, top: `${top + height}%` }}
            >
              {mark.words}
            </span>
          );
        })}
    </div>
  );
}
