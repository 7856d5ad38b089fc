'use client';

import { DemoNote } from '@/components/layout/demo-note.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import button from '@/components/ui/button.module.css';
import type { ItemDetails } from '@/lib/api/shapes.ts';
import { garmentName } from '@/lib/categories.ts';
import { report } from '@/lib/events.ts';
import { AVAILABILITY_NAMES } from '@/lib/format.ts';
import styles from './item-page.module.css';
import { Price } from './price.tsx';
import { VariantChoices } from './variant-choices.tsx';

export function ItemFacts({ item }: { item: ItemDetails }) {
  return (
    <div className={styles.details}>
      <div>
        {item.brand && <p className={styles.brand}>{item.brand}</p>}
        <h1>{item.title}</h1>
      </div>
      <p className={styles.price}>
        <Price price={item.price} formerPrice={item.formerPrice} />
      </p>
      <div className={styles.row}>
        <Badge>{AVAILABILITY_NAMES[item.availability]}</Badge>
        {item.isDrawn && <Badge>Drawn</Badge>}
      </div>
      <VariantChoices item={item} />
      {item.link && (
        <p className={styles.shop}>
          <a
            className={button.button}
            data-kind="primary"
            href={item.link}
            target="_blank"
            rel="noopener noreferrer"
            onClick={() => report('CLICKED_OUT', item.id)}
          >
            See it on the shop’s page<span className="visually-hidden"> (opens a new tab)</span>
          </a>
        </p>
      )}
      {item.description && <p className={styles.description}>{item.description}</p>}
      {item.remark && (
        <p role="status">
          {item.remark.failed ? 'This item could not be read, so searches do not find it: ' : ''}
          {item.remark.reason}
        </p>
      )}
      {item.whole && (
        <p role="status">No garment was found in its picture, so searches compare the whole picture.</p>
      )}
      <dl className={styles.facts}>
        {item.category && (
          <>
            <dt>Category</dt>
            <dd>{garmentName({ category: item.category })}</dd>
          </>
        )}
        {item.facts.map(({ name, value }) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
      <DemoNote />
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
