'use client';

import Link from 'next/link';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { loadLooksOfItem } from '@/lib/api/looks.ts';
import { explain } from '@/lib/explain.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import styles from './item-looks.module.css';
import { lookAddress, nameOf, newLookAddress } from './words.ts';

/** For merchandisers: the looks that an item is in, and the way to another one. */
export function ItemLooks({ id }: { id: string }) {
  const { value: looks, error } = useLoaded(`in looks ${id}`, (signal) => loadLooksOfItem(id, signal));
  return (
    <section className={styles.looks} aria-labelledby="in-looks">
      <h3 id="in-looks">In these looks</h3>
      <FormError>{error && explain(error).advice}</FormError>
      {!looks && !error && <Skeleton className={styles.place} />}
      {looks?.length === 0 && <p className={styles.soft}>In none yet.</p>}
      {looks && looks.length > 0 && (
        <ul className={styles.list} aria-labelledby="in-looks">
          {looks.map((look) => (
            <li key={look.id}>
              <Link href={lookAddress(look.id)} className={styles.look}>
                <span className={styles.pictures}>
                  {look.items.slice(0, 4).map((item) => (
                    <ItemPicture key={item.id} item={item} className={styles.picture} />
                  ))}
                </span>
                <span>{nameOf(look)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <div>
        <ButtonLink href={newLookAddress(id)}>Make a look with it</ButtonLink>
      </div>
    </section>
  );
}
