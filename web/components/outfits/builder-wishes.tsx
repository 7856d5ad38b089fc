'use client';

import { Filters } from '@/components/items/filters.tsx';
import { PriceField } from '@/components/items/price-field.tsx';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { shopOptions } from '@/lib/filter-options.ts';
import type { Builder } from '@/lib/hooks/use-builder.ts';
import { DiversityDial } from './diversity-dial.tsx';
import styles from './outfit-builder.module.css';

/** A category would leave a slot empty, what cannot be bought is left out anyhow, and prices have the budget. */
const WITHOUT = ['categories', 'words', 'minPrice', 'maxPrice', 'inStock'] as const;

/** What outfits may cost, which items may be in them, and how different the ideas are. */
export function BuilderWishes({ builder }: { builder: Builder }) {
  const shop = useShop();
  const { wishes, wish } = builder;
  return (
    <section className={styles.wishes} aria-label="What you want">
      <div className={styles.dials}>
        <PriceField
          label={`Budget${shop ? `, ${shop.currency}` : ''}`}
          value={wishes.budget}
          onChange={(budget) =>
            wish({ budget }, budget === null ? 'There is no budget any more.' : `The budget is ${budget}.`)
          }
        />
        <DiversityDial
          value={wishes.diversity}
          onChange={(diversity) => wish({ diversity }, 'The ideas have changed.')}
        />
      </div>
      <Filters
        state={wishes.filter}
        options={shopOptions(shop)}
        without={WITHOUT}
        onChange={(change) => wish({ filter: { ...wishes.filter, ...change } }, 'The filters have changed.')}
      />
    </section>
  );
}
