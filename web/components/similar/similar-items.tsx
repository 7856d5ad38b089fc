'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Filters } from '@/components/items/filters.tsx';
import { ItemGrid } from '@/components/items/item-grid.tsx';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import type { SimilarTo } from '@/lib/api/generated/graphql.ts';
import type { Category, Facets } from '@/lib/api/shapes.ts';
import { loadFacets, loadSimilarItems, type SimilarPage } from '@/lib/api/similar.ts';
import { isFiltering, NO_FILTER } from '@/lib/filter.ts';
import { facetOptions, shopOptions } from '@/lib/filter-options.ts';
import { count, formatShare } from '@/lib/format.ts';
import { useFilter } from '@/lib/hooks/use-filter.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { type Load, usePages } from '@/lib/hooks/use-pages.ts';
import { useRefinement, writeRefinement } from '@/lib/hooks/use-refinement.ts';
import { facetsName, similarName } from '@/lib/query-keys.ts';
import { NO_REFINEMENT } from '@/lib/refinement.ts';
import { ENOUGH, momentOf, similarQuestion, usualCategory } from '@/lib/similar-question.ts';
import { MatchTile } from './match-tile.tsx';
import { RefineBar } from './refine-bar.tsx';
import styles from './similar-items.module.css';

interface SimilarItemsProps {
  /** The garment or item to search with. */
  to: SimilarTo;
  title: string;
  /** The category searched first: for a skirt, skirts. All others are one click away. */
  category?: Category | null;
  /** How often the target of `to` was changed on this page; each change reloads the matches. */
  changes?: number;
}

/** The shop's items most similar to a garment, best first, with the filters and refinements in the address. */
export function SimilarItems({ to, title, category = null, changes = 0 }: SimilarItemsProps) {
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
  const cutoff = pages.last?.cutoff ?? null;
  const few = pages.entries !== undefined && pages.entries.length < ENOUGH && !pages.hasMore;
  const wantsWeaker = few && cutoff !== null && refinement.weaker === null;
  useEffect(() => {
    if (wantsWeaker) writeRefinement({ weaker: true });
  }, [wantsWeaker]);
  const narrowed = isFiltering(filter) || asked.refine !== null;
  // Words such as "as a skirt" replace the usual category.
  const named = pages.last?.interpretation?.categories ?? [];
  const replaced = named.length > 0 && !parameters.has('category');
  const shown = replaced ? { ...filter, categories: named } : filter;
  const clear = () => {
    setFilter(NO_FILTER);
    refine(NO_REFINEMENT);
  };
  return (
    <section aria-labelledby="similar">
      <div className={styles.head}>
        <h2 id="similar">{title}</h2>
        <p aria-live="polite">
          {pages.entries ? sentence(pages.entries.length, pages.hasMore, facets) : 'Looking…'}
          {pages.entries && refinement.weaker && '. Weaker matches are among them.'}
        </p>
        {reading && <p>More of the catalogue is still being read.</p>}
      </div>
      <RefineBar state={refinement} interpretation={pages.last?.interpretation ?? null} onChange={refine} />
      <Filters
        state={shown}
        options={offered ? facetOptions(offered) : shopOptions(shop)}
        onChange={setFilter}
      />
      {usual && filter.categories.length > 0 && (
        <p className={styles.all}>
          <Button kind="quiet" onClick={() => setFilter({ categories: [] })}>
            Search all categories
          </Button>
        </p>
      )}
      <ItemGrid
        pages={pages}
        label="Similar items"
        identify={({ item }) => item.id}
        empty={
          <Notice
            title={narrowed ? 'Nothing similar with these filters' : 'Nothing similar enough yet'}
            actions={
              <>
                {narrowed && <Button onClick={clear}>Clear the filters</Button>}
                {!refinement.weaker && cutoff !== null && (
                  <Button onClick={() => refine({ weaker: true })}>Show weaker matches</Button>
                )}
                {!narrowed && <ButtonLink href="/items">Browse the catalogue</ButtonLink>}
              </>
            }
          >
            <p>
              {reading ? 'Items appear here as they are read.' : 'The shop has no item that is like this.'}
            </p>
          </Notice>
        }
      >
        {(match) => <MatchTile match={match} refinement={refinement} onRefine={refine} />}
      </ItemGrid>
      {pages.entries && pages.entries.length > 0 && !pages.hasMore && cutoff !== null && (
        <p className={styles.end}>
          {refinement.weaker ? (
            <Button kind="quiet" onClick={() => refine({ weaker: false })}>
              Hide weaker matches
            </Button>
          ) : (
            <>
              Matches below {formatShare(cutoff)} are not shown.
              <Button kind="quiet" onClick={() => refine({ weaker: true })}>
                Show weaker matches
              </Button>
            </>
          )}
        </p>
      )}
    </section>
  );
}

function sentence(shown: number, more: boolean, facets: Facets | undefined): string {
  if (shown === 0) return 'No items';
  if (!more) return `${count(shown, 'item')}, best first`;
  const all = facets ? ` of ${facets.approximate ? 'more than ' : ''}${facets.counted}` : '';
  return `The ${shown} nearest${all}, best first`;
}
