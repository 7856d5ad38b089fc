'use client';

import { DemoNote } from '@/components/layout/demo-note.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import button from '@/components/ui/button.module.css';
import type { FactName, ItemDetails } from '@/lib/api/shapes.ts';
import { report } from '@/lib/events.ts';
import { sayAge, sayGender } from '@/lib/filter-options.ts';
import { sayColour, sayGarment } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import type { Words } from '@/lib/i18n/words.ts';
import styles from './item-page.module.css';
import { Price } from './price.tsx';
import { VariantChoices } from './variant-choices.tsx';

export function ItemFacts({ item }: { item: ItemDetails }) {
  const words = useWords();
  const { t } = words;
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
        <Badge>{t(`items.availability.${item.availability}`)}</Badge>
        {item.isDrawn && <Badge>{t('items.drawn')}</Badge>}
      </div>
      <VariantChoices item={item} />
      {item.link && (
        <div className={styles.shop}>
          <p className={styles.shopPrice} aria-hidden="true">
            <Price price={item.price} formerPrice={item.formerPrice} />
          </p>
          <a
            className={button.button}
            data-kind="primary"
            href={item.link}
            target="_blank"
            rel="noopener noreferrer"
            onClick={() => report('CLICKED_OUT', item.id)}
          >
            {t('item.link')}
            <span className="visually-hidden"> {t('item.newTab')}</span>
          </a>
        </div>
      )}
      {item.description && <p className={styles.description}>{item.description}</p>}
      {item.remark && (
        <p role="status">
          {item.remark.failed ? `${t('item.unread')} ` : ''}
          {item.remark.reason}
        </p>
      )}
      {item.whole && <p role="status">{t('item.whole')}</p>}
      <dl className={styles.facts}>
        {item.category && (
          <>
            <dt>{t('filters.fields.categories')}</dt>
            <dd>{sayGarment(words, { category: item.category })}</dd>
          </>
        )}
        {item.facts.map(({ name, value }) => (
          <Fact key={name} name={t(`item.facts.${name}`)} value={factInWords(words, name, value)} />
        ))}
      </dl>
      <DemoNote />
    </div>
  );
}

/** What the shop wrote, unless it is one of the words that every shop has. */
function factInWords(words: Words, name: FactName, value: string): string {
  if (name === 'colour') return sayColour(words, value);
  if (name !== 'for') return value;
  return value
    .split(', ')
    .map((part) => sayAge(words, sayGender(words, part)))
    .join(', ');
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
