'use client';

import Link from 'next/link';
import { useState } from 'react';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import { Price } from '@/components/items/price.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Confirm } from '@/components/ui/confirm.tsx';
import { type DuplicateGroup, deleteItem } from '@/lib/api/duplicates.ts';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { AVAILABILITY_NAMES, count } from '@/lib/format.ts';
import { itemPath } from '@/lib/path-id.ts';
import styles from './duplicates.module.css';

const KINDS: Record<DuplicateGroup['kind'], string> = {
  EXACT: 'The very same image',
  PERCEPTUAL: 'They look the same',
};

/** The items with one picture, side by side. An item deleted here stays in its place, marked as deleted. */
export function Group({ group }: { group: DuplicateGroup }) {
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [leaving, setLeaving] = useState<ItemCard | null>(null);
  const more = group.itemCount - group.items.length;
  return (
    <>
      <div className={styles.head}>
        <h2>{count(group.itemCount, 'item')}</h2>
        <Badge tone={group.kind === 'EXACT' ? 'plain' : 'soft'}>{KINDS[group.kind]}</Badge>
      </div>
      <ul className={styles.items}>
        {group.items.map((item) => (
          <li key={item.id} className={styles.item} data-gone={gone.has(item.id) ? '' : undefined}>
            <Link href={itemPath(item.id)} className={styles.link}>
              <ItemPicture item={item} width={320} className={styles.picture} />
              <span>{item.title}</span>
            </Link>
            <p className={styles.soft}>
              {[item.brand, item.id, AVAILABILITY_NAMES[item.availability]].filter(Boolean).join(' · ')}
            </p>
            <p>
              <Price price={item.price} formerPrice={item.formerPrice} />
            </p>
            {gone.has(item.id) ? (
              <p role="status">Deleted</p>
            ) : (
              <Button
                kind="quiet"
                aria-label={`Delete ${item.id}, ${item.title}`}
                onClick={() => setLeaving(item)}
              >
                Delete
              </Button>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.soft}>and {count(more, 'further item')}</p>}
      {leaving && (
        <Confirm
          title={`Delete ${leaving.title}?`}
          action="Delete the item"
          danger
          onConfirm={async () => {
            await deleteItem(leaving.id);
            setGone(new Set([...gone, leaving.id]));
          }}
          onClose={() => setLeaving(null)}
        >
          <p>
            Item {leaving.id} and its pictures go from the catalogue at once. The next import of a feed that
            names it brings it back: take it out of the feed, too.
          </p>
        </Confirm>
      )}
    </>
  );
}
