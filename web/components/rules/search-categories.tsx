'use client';

import { Check } from '@/components/ui/check.tsx';
import form from '@/components/ui/form.module.css';
import type { Category } from '@/lib/api/shapes.ts';
import { CATEGORIES, CATEGORY_NAMES } from '@/lib/categories.ts';
import styles from './rules.module.css';

interface SearchCategoriesProps {
  chosen: Category[];
  onChange(chosen: Category[]): void;
}

/** The searches that the rule affects, by the category of the query garment; none selected means all. */
export function SearchCategories({ chosen, onChange }: SearchCategoriesProps) {
  const toggle = (category: Category, on: boolean) =>
    onChange(on ? [...chosen, category] : chosen.filter((other) => other !== category));
  return (
    <details className={styles.more} open={chosen.length > 0}>
      <summary>Only in some searches</summary>
      <fieldset className={form.group}>
        <legend className={form.hint}>
          By the garment that is searched with; with none, it holds in all.
        </legend>
        <div className={styles.categories}>
          {CATEGORIES.map((category) => (
            <Check
              key={category}
              checked={chosen.includes(category)}
              onChange={({ target }) => toggle(category, target.checked)}
            >
              {CATEGORY_NAMES[category]}
            </Check>
          ))}
        </div>
      </fieldset>
    </details>
  );
}
