'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { DemoNote } from '@/components/layout/demo-note.tsx';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { SortChoice } from '@/components/similar/sort-choice.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { loadItems } from '@/lib/api/items.ts';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { isFiltering, NO_FILTER, toItemFilter } from '@/lib/filter.ts';
import { shopOptions } from '@/lib/filter-options.ts';
import { useFilter } from '@/lib/hooks/use-filter.ts';
import { type LoadPage, usePages } from '@/lib/hooks/use-pages.ts';
import { useSession } from '@/lib/hooks/use-session.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { itemsName } from '@/lib/query-keys.ts';
import { readItemSort } from '@/lib/sort.ts';
import styles from './catalogue.module.css';
import { Filters } from './filters.tsx';
import { ItemGrid } from './item-grid.tsx';
import { FIRST_TILES, ItemTile } from './item-tile.tsx';
import { ReadingProgress } from './reading-progress.tsx';

/** The whole catalogue, filtered by the page's address. */
export function Catalogue() {
  const words = useWords();
  const { t } = words;
  const shop = useShop();
  const [state, setFilter] = useFilter();
  const filter = toItemFilter(state);
  const sort = readItemSort(useSearchParams());
  const load: LoadPage<ItemCard> = (after, signal) => loadItems({ filter, sort, after, signal });
  const pages = usePages(itemsName(filter, sort), load);
  useReloadAsItemsArrive(pages.entries, pages.reload, shop ? `${shop.itemCount} ${shop.pendingCount}` : null);
  const isOfEverybody = useSession().phase === 'unknown' || pages.ofEverybody;
  const filtering = isFiltering(state);
  const waiting = (shop?.pendingCount ?? 0) > 0;

  return (
    <>
      <div className={styles.head}>
        <h1>{shop?.name ?? t('site.catalogue')}</h1>
        <DemoNote />
        {shop && <ReadingProgress total={shop.itemCount} pending={shop.pendingCount} />}
      </div>
      <Filters
        state={state}
        options={shopOptions(words, shop)}
        left={pages.total === null ? null : t('items.count', { count: pages.total })}
        sort={<SortChoice usual="NEWEST" />}
        onChange={setFilter}
      />
      <p className="visually-hidden" aria-live="polite">
        {pages.total === null ? '' : t('items.count', { count: pages.total })}
      </p>
      <div className={styles.list} data-of-everybody={isOfEverybody ? '' : undefined}>
        <ItemGrid
          pages={pages}
          label={t('items.list')}
          identify={({ id }) => id}
          empty={
            <Notice
              title={filtering ? t('items.noneFiltered') : waiting ? t('items.beingRead') : t('items.none')}
              actions={
                filtering ? (
                  <Button onClick={() => setFilter(NO_FILTER)}>{t('action.clearFilters')}</Button>
                ) : (
                  <ButtonLink href="/">{t('action.searchByPhoto')}</ButtonLink>
                )
              }
            >
              {!filtering && waiting && <p>{t('items.firstSoon')}</p>}
              {!filtering && !waiting && (
                <p>{t.rich('items.import', { code: (command) => <code>{command}</code> })}</p>
              )}
            </Notice>
          }
        >
          {(item, index) => <ItemTile item={item} isFirst={index < FIRST_TILES} />}
        </ItemGrid>
      </div>
    </>
  );
}

/** While items are being parsed, a list that is short or contains waiting items is reloaded. */
function useReloadAsItemsArrive(
  entries: ItemCard[] | undefined,
  reload: () => void,
  progress: string | null,
) {
  const seen = useRef(progress);
  useEffect(() => {
    if (progress === null || progress === seen.current) return;
    const first = seen.current === null;
    seen.current = progress;
    if (!first && entries && (entries.length < 24 || entries.slice(0, 24).some(({ pending }) => pending)))
      reload();
  }, [progress, entries, reload]);
}
