'use client';

import { useCallback } from 'react';
import { Filters } from '@/components/items/filters.tsx';
import { ItemGrid } from '@/components/items/item-grid.tsx';
import { ItemTile } from '@/components/items/item-tile.tsx';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import type { SimilarTo } from '@/lib/api/generated/graphql.ts';
import { loadSimilarItems } from '@/lib/api/queries.ts';
import type { Category, SimilarItem } from '@/lib/api/shapes.ts';
import { isFiltering, NO_FILTER, toItemFilter, useFilter } from '@/lib/use-filter.ts';
import { type LoadPage, usePages } from '@/lib/use-pages.ts';
import { ScoreBar } from './score-bar.tsx';
import styles from './similar-items.module.css';

interface SimilarItemsProps {
  /** The garment or the item that the shop's items are compared with. */
  to: SimilarTo;
  title: string;
  /** What is searched first: whoever chose a skirt looks for skirts. All others are one click away. */
  category?: Category | null;
}

/** So many items of a category are worth a search among them alone. */
const ENOUGH = 6;

/** The shop's items that look most like a garment, best first, with the filters that the address holds. */
export function SimilarItems({ to, title, category = null }: SimilarItemsProps) {
  const shop = useShop();
  const sold = shop?.categories.find((counted) => counted.category === category)?.count ?? 0;
  const [state, setFilter] = useFilter(!shop || sold >= ENOUGH ? category : null);
  const question = JSON.stringify([to, toItemFilter(state)]);
  const load: LoadPage<SimilarItem> = useCallback(
    (after, signal) => {
      const [target, filter] = JSON.parse(question);
      return loadSimilarItems(target, { filter, after, signal });
    },
    [question],
  );
  // Asked anew once the whole catalogue can be compared with.
  const reading = (shop?.pendingCount ?? 0) > 0;
  const pages = usePages(`similar ${question} ${reading}`, load);
  const filtering = isFiltering(state);
  return (
    <section aria-labelledby="similar">
      <div className={styles.head}>
        <h2 id="similar">{title}</h2>
        <p aria-live="polite">{pages.entries ? sentence(pages.entries.length, pages.hasMore) : 'Looking…'}</p>
        {reading && <p>More of the catalogue is still being read.</p>}
        {state.category && (
          <div>
            <Button kind="quiet" onClick={() => setFilter({ category: null })}>
              Search all categories
            </Button>
          </div>
        )}
      </div>
      <Filters state={state} onChange={setFilter} />
      <ItemGrid
        pages={pages}
        label="Similar items"
        identify={({ item }) => item.id}
        empty={
          <Notice
            title={filtering ? 'Nothing similar with these filters' : 'Nothing similar yet'}
            actions={
              filtering ? (
                <Button onClick={() => setFilter(NO_FILTER)}>Clear the filters</Button>
              ) : (
                <ButtonLink href="/items">Browse the catalogue</ButtonLink>
              )
            }
          >
            <p>
              {reading ? 'Items appear here as they are read.' : 'The shop has no item to compare this with.'}
            </p>
          </Notice>
        }
      >
        {({ item, score }) => (
          <ItemTile item={item}>
            <ScoreBar score={score} />
          </ItemTile>
        )}
      </ItemGrid>
    </section>
  );
}

function sentence(shown: number, more: boolean): string {
  if (shown === 0) return 'No items';
  return more ? `The ${shown} nearest, best first` : `${shown} ${shown === 1 ? 'item' : 'items'}, best first`;
}
