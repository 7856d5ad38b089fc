'use client';

import { useSearchParams } from 'next/navigation';
import filters from '@/components/items/filters.module.css';
import { replaceParameters } from '@/lib/address.ts';
import type { SimilarSort } from '@/lib/api/generated/graphql.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { readSort, SORTS, sortParameter } from '@/lib/sort.ts';

/** The order of a list, kept in the address. `usual` is the one that it has by itself. */
export function SortChoice({ usual = 'CLOSEST' }: { usual?: SimilarSort }) {
  const { t } = useWords();
  const sort = readSort(useSearchParams(), usual);
  const sorts = SORTS.filter((known) => usual === 'CLOSEST' || known.sort !== 'CLOSEST');
  return (
    <select
      className={filters.chip}
      aria-label={t('similar.sort')}
      value={sort}
      onChange={({ target }) =>
        replaceParameters({ sort: sortParameter(target.value as SimilarSort, usual) })
      }
    >
      {sorts.map(({ sort: value }) => (
        <option key={value} value={value}>
          {t(`similar.sorts.${value}`)}
        </option>
      ))}
    </select>
  );
}
