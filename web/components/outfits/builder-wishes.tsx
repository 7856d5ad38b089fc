'use client';

import { Filters } from '@/components/items/filters.tsx';
import { PriceField } from '@/components/items/price-field.tsx';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { shopOptions } from '@/lib/filter-options.ts';
import type { Builder } from '@/lib/hooks/use-builder.ts';
import { partOf } from '@/lib/hooks/use-filter.ts';
import { sayNumber } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { DiversityDial } from './diversity-dial.tsx';
import styles from './outfit-builder.module.css';

/** A category would leave a slot empty, what cannot be bought is left out anyhow, and prices have the budget. */
const WITHOUT = ['categories', 'words', 'minPrice', 'maxPrice', 'inStock'] as const;

/** What outfits may cost, which items may be in them, and how different the ideas are. */
export function BuilderWishes({ builder }: { builder: Builder }) {
  const words = useWords();
  const { t } = words;
  const shop = useShop();
  const { wishes, wish } = builder;
  return (
    <section className={styles.wishes} aria-label={t('outfit.wishes')}>
      <div className={styles.dials}>
        <PriceField
          label={shop ? t('outfit.budgetIn', { currency: shop.currency }) : t('outfit.budget')}
          value={wishes.budget}
          onChange={(budget) =>
            wish(
              { budget },
              budget === null
                ? t('outfit.said.noBudget')
                : t('outfit.said.budget', { amount: sayNumber(words, budget) }),
            )
          }
        />
        <DiversityDial
          value={wishes.diversity}
          onChange={(diversity) => wish({ diversity }, t('outfit.said.ideas'))}
        />
      </div>
      <Filters
        state={wishes.filter}
        options={shopOptions(words, shop)}
        without={WITHOUT}
        onChange={(change) =>
          wish(
            ({ filter }) => ({ filter: { ...filter, ...partOf(change, filter) } }),
            t('outfit.said.filters'),
          )
        }
      />
    </section>
  );
}
