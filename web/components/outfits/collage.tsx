import type { OutfitPiece } from '@/lib/api/outfit-shapes.ts';
import { layOut } from '@/lib/collage.ts';
import { atWidth, sourceSet } from '@/lib/image-url.ts';
import styles from './collage.module.css';

interface CollageProps {
  pieces: readonly OutfitPiece[];
  /** Read out in place of the pictures; null if the text beside it says the same. */
  label: string | null;
  /** The `sizes` of one garment's picture. */
  sizes: string;
  /** Slot of a piece to show, the others dimmed. */
  highlighted?: string | null;
}

/** The garments of an outfit, cut out and laid out as on a body. */
export function Collage({ pieces, label, sizes, highlighted = null }: CollageProps) {
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
    </div>
  );
}
