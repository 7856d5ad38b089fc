'use client';

import { useSearchParams } from 'next/navigation';
import filters from '@/components/items/filters.module.css';
import { replaceParameters } from '@/lib/address.ts';
import type { SimilarSort } from '@/lib/api/generated/graphql.ts';
import { readSort, SORTS, sortParameter } from '@/lib/sort.ts';

/** The order of a list, kept in the address. `usual` is the one that it has by itself. */
export function SortChoice({ usual = 'CLOSEST' }: { usual?: SimilarSort }) {
  const sort = readSort(useSearchParams(), usual);
  const sorts = SORTS.filter((known) => usual === 'CLOSEST' || known.sort !== 'CLOSEST');
  return (
    <select
      className={filters.chip}
      aria-label="Sort by"
      value={sort}
      onChange={({ target }) =>
        replaceParameters({ sort: sortParameter(target.value as SimilarSort, usual) })
      }
    >
      {sorts.map(({ sort: value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
