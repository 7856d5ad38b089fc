'use client';

import { useSearchParams } from 'next/navigation';
import filters from '@/components/items/filters.module.css';
import { replaceParameters } from '@/lib/address.ts';
import type { SimilarSort } from '@/lib/api/generated/graphql.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { readSort, SORTS, sortParameter } from '@/lib/sort.ts';

/** The order of the matches, kept in the address. */
export function SortChoice() {
  const { t } = useWords();
  const sort = readSort(useSearchParams());
  return (
    <select
      className={filters.chip}
      aria-label={t('similar.sort')}
      value={sort}
      onChange={({ target }) => replaceParameters({ sort: sortParameter(target.value as SimilarSort) })}
    >
      {SORTS.map(({ sort: value }) => (
        <option key={value} value={value}>
          {t(`similar.sorts.${value}`)}
        </option>
      ))}
    </select>
  );
}
