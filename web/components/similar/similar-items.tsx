'use client';

import { useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { Filters } from '@/components/items/filters.tsx';
import { ItemGrid } from '@/components/items/item-grid.tsx';
import { FIRST_TILES } from '@/components/items/item-tile.tsx';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { Button } from '@/components/ui/button.tsx';
import type { SimilarTo } from '@/lib/api/generated/graphql.ts';
import type { Category, Facets, SimilarItem } from '@/lib/api/shapes.ts';
import { loadFacets, loadSimilarItems, type SimilarPage } from '@/lib/api/similar.ts';
import { isPreviewed } from '@/lib/api/try-on.ts';
import { closeOf } from '@/lib/closeness.ts';
import { isFiltering, NO_FILTER, readFilter } from '@/lib/filter.ts';
import { facetOptions, shopOptions } from '@/lib/filter-options.ts';
import { partOf, type SetFilter, useFilter } from '@/lib/hooks/use-filter.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { type Load, usePages } from '@/lib/hooks/use-pages.ts';
import { useRefinement } from '@/lib/hooks/use-refinement.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import type { Words } from '@/lib/i18n/words.ts';
import { facetsName, similarName } from '@/lib/query-keys.ts';
import { NO_REFINEMENT } from '@/lib/refinement.ts';
import {
  mayHaveMore,
  momentOf,
  offersNearest,
  similarQuestion,
  usualCategory,
} from '@/lib/similar-question.ts';
import { MatchTile } from './match-tile.tsx';
import { NearestItems } from './nearest-items.tsx';
import { NothingClose } from './nothing-close.tsx';
import { RefineBar } from './refine-bar.tsx';
import { RefineChips } from './refine-chips.tsx';
import styles from './similar-items.module.css';
import { SortChoice } from './sort-choice.tsx';

interface SimilarItemsProps {
  /** The garment or item to search with. */
  to: SimilarTo;
  title: string;
  /** What is searched with, in the middle of a sentence: `this skirt`. */
  what: string;
  /** The category searched first: for a skirt, skirts. All others are one click away. */
  category?: Category | null;
  /** How often the target of `to` was changed on this page; each change reloads the matches. */
  changes?: number;
  /** Whether the heading lies beside a photo on a telephone, and the rest below both. */
  beside?: boolean;
  /** The garment of the visitor's own photo on which matches can be seen, if there is one. */
  seeOn?: string | null;
  /** What else can be tried where nothing is close. */
  tries?: ReactNode;
}

/** The text box refines, so that no other is needed. */
const WITHOUT = ['words'] as const;

/** The shop's items most similar to a garment, best first, with the filters and refinements in the address. */
export function SimilarItems(props: SimilarItemsProps) {
  const { to, title, what, category = null, changes = 0, beside = false, seeOn = null, tries } = props;
  const words = useWords();
  const { t } = words;
  const shop = useShop();
  const parameters = useSearchParams();
  const [refinement, refine] = useRefinement();
  const usual = usualCategory(shop, category);
  const [filter, setFilter] = useFilter(usual);
  const asked = similarQuestion(to, usual, parameters);
  const load: Load<SimilarPage> = (after, signal) => loadSimilarItems(asked, after, signal);
  const moment = momentOf(shop, changes);
  const pages = usePages(similarName(asked, moment), load);
  const { value: facets } = useLoaded(facetsName(asked, moment), (signal) => loadFacets(asked, signal), {
    arrives: true,
  });
  const reading = (shop?.pendingCount ?? 0) > 0;
  // The previous counts stay while new ones load: an open menu must not change its shape.
  const [offered, setOffered] = useState(facets);
  if (facets && facets !== offered) setOffered(facets);
  const listed = pages.entries;
  const close = listed && closeOf(listed);
  const hasMore = mayHaveMore(pages.hasMore, close?.length ?? 1, asked.sort);
  // The first pages of another order may have distant matches alone: the list begins with the first that is close.
  const beginsLater = hasMore && close?.length === 0;
  const { error, loading, loadMore } = pages;
  useEffect(() => {
    if (beginsLater && !loading && !error) loadMore();
  }, [beginsLater, error, loading, loadMore]);
  const offers = close !== undefined && offersNearest(close.length, hasMore, refinement.weaker);
  // Words such as "as a skirt" replace the usual category.
  const named = pages.last?.interpretation?.categories ?? [];
  const replaced = named.length > 0 && !parameters.has('category');
  const shown = replaced ? { ...filter, categories: named } : filter;
  const changeShown: SetFilter = (change) =>
    setFilter((now) => {
      const isReplaced = replaced && !new URLSearchParams(window.location.search).has('category');
      return partOf(change, isReplaced ? { ...now, categories: named } : now);
    });
  const narrowed = isFiltering(filter) || asked.refine !== null;
  const tile = (match: SimilarItem, index: number) => (
    <MatchTile
      match={match}
      isFirst={beside && index < FIRST_TILES}
      // The reason is null where it is not known.
      seeOn={
        isPreviewed(category, match.reason ? (match.reason.category.match ?? null) : category) ? seeOn : null
      }
      refinement={refinement}
      onRefine={refine}
    />
  );
  return (
    <section className={styles.section} aria-labelledby="similar" data-beside={beside ? '' : undefined}>
      <div className={styles.head}>
        <h2 id="similar">{title}</h2>
        <p aria-live="polite">
          {close && !beginsLater
            ? sentence(words, close.length, hasMore)
            : error
              ? t('similar.failed')
              : t('similar.looking')}
          {reading && <span className={styles.reading}> · {t('similar.reading')}</span>}
        </p>
        <RefineBar words={refinement.say} onChange={refine} />
      </div>
      <div className={styles.filters}>
        <Filters
          state={shown}
          options={offered && offered.counted > 0 ? facetOptions(words, offered) : shopOptions(words, shop)}
          without={shown.words ? [] : WITHOUT}
          left={facets ? leftOf(words, facets) : null}
          sort={<SortChoice />}
          onChange={changeShown}
        >
          <RefineChips
            state={refinement}
            interpretation={pages.last?.interpretation ?? null}
            onChange={refine}
          />
        </Filters>
      </div>
      <div className={styles.results} id="matches">
        <ItemGrid
          pages={{ ...pages, entries: beginsLater ? undefined : close, hasMore }}
          label={t('similar.list')}
          identify={({ item }) => item.id}
          empty={
            <NothingClose
              what={what}
              reading={reading}
              onClear={
                narrowed
                  ? () => {
                      setFilter(NO_FILTER);
                      refine(NO_REFINEMENT);
                    }
                  : null
              }
              onAllCategories={
                usual && filter.categories.length > 0 ? () => setFilter({ categories: [] }) : null
              }
            >
              {tries}
            </NothingClose>
          }
        >
          {tile}
        </ItemGrid>
        {offers && listed && (
          <NearestItems
            asked={asked}
            moment={moment}
            category={category}
            narrowed={isFiltering(readFilter(parameters)) || asked.refine !== null}
            listed={listed}
            close={close}
            onHide={refinement.weaker ? () => refine({ weaker: false }) : null}
          >
            {tile}
          </NearestItems>
        )}
        {close && close.length > 0 && !hasMore && !offers && (
          <p className={styles.end}>
            <Button kind="quiet" onClick={() => refine({ weaker: true })}>
              {t('similar.showLess')}
            </Button>
          </p>
        )}
      </div>
    </section>
  );
}

function sentence({ t }: Words, shown: number, more: boolean): string {
  if (shown === 0) return t('similar.nothing');
  return more ? t('similar.closest', { count: shown }) : t('similar.all', { count: shown });
}

/** The server counts no more matches. */
const MOST_COUNTED = 1000;

/** `12 items`, `more than 1000 items`. Fewer were all counted, even where facets without their filters have more. */
function leftOf({ t }: Words, { counted, approximate }: Facets): string {
  const items = t('items.count', { count: counted });
  return approximate && counted >= MOST_COUNTED ? t('filters.moreThan', { items }) : items;
}
