'use client';

import Link from 'next/link';
import type { ItemDetails } from '@/lib/api/shapes.ts';
import { sayColour } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { itemPath } from '@/lib/path-id.ts';
import { colourChoices, sizeChoices, type VariantChoice } from '@/lib/variants.ts';
import { ItemPicture } from './item-picture.tsx';
import styles from './variant-choices.module.css';

/** The colours and sizes of an item's group, each a link to the item that has it. */
export function VariantChoices({ item }: { item: ItemDetails }) {
  const words = useWords();
  const { t } = words;
  const colours = colourChoices(item);
  const sizes = sizeChoices(item);
  return (
    <>
      {colours.length > 0 && (
        <nav aria-label={t('item.colours')} className={styles.choices}>
          {colours.map((choice) => (
            <Choice
              key={choice.name}
              choice={{ ...choice, name: sayColour(words, choice.name) }}
              className={styles.colour}
            >
              <ItemPicture item={choice.variant} className={styles.picture} />
            </Choice>
          ))}
        </nav>
      )}
      {sizes.length > 0 && (
        <nav aria-label={t('item.sizes')} className={styles.choices}>
          {sizes.map((choice) => (
            <Choice key={choice.name} choice={choice} className={styles.size} />
          ))}
        </nav>
      )}
    </>
  );
}

interface ChoiceProps {
  choice: VariantChoice;
  className: string | undefined;
  children?: React.ReactNode;
}

function Choice({ choice: { name, variant, current }, className, children }: ChoiceProps) {
  const { t } = useWords();
  const missing = variant.availability === 'OUT_OF_STOCK';
  return (
    <Link
      href={itemPath(variant.id)}
      prefetch={false}
      replace
      scroll={false}
      className={className}
      aria-current={current ? 'true' : undefined}
      data-missing={missing ? '' : undefined}
    >
      {children}
      <span>
        {name}
        {missing && <span className="visually-hidden"> ({t('items.availability.OUT_OF_STOCK')})</span>}
      </span>
    </Link>
  );
}
