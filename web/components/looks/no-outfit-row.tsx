import Link from 'next/link';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import type { ItemInNoOutfit } from '@/lib/api/looks.ts';
import { itemPath } from '@/lib/path-id.ts';
import styles from './looks.module.css';
import { newLookAddress, REASONS } from './words.ts';

interface NoOutfitRowProps {
  entry: ItemInNoOutfit;
  /** Whether the reason is told: not where all have the same, which is explained above them. */
  named: boolean;
}

/** An item, why it is in no outfit, and the way to what would help. */
export function NoOutfitRow({ entry: { item, why, message }, named }: NoOutfitRowProps) {
  const { name, link } = REASONS[why];
  const help = why === 'IN_NO_LOOK' ? { name: 'Make a look', address: newLookAddress(item.id) } : link;
  return (
    <li className={styles.row} data-named={named ? '' : undefined}>
      <Link href={itemPath(item.id)} className={styles.rowFace}>
        <ItemPicture item={item} />
        <span>
          <span className={styles.rowTitle}>{item.title}</span>
          <span className={styles.soft}>{[item.brand, item.id].filter(Boolean).join(' · ')}</span>
        </span>
      </Link>
      {named && (
        <div className={styles.rowWords}>
          <p className={styles.reason}>{name}</p>
          <p className={styles.soft}>{message}</p>
        </div>
      )}
      <div className={styles.rowAction}>
        <ButtonLink kind="quiet" href={help.address} aria-label={`${help.name}: ${item.title}`}>
          {help.name}
        </ButtonLink>
      </div>
    </li>
  );
}
