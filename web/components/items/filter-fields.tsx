'use client';

import { FILTER_FIELDS } from '@/lib/api/generated/filter-fields.ts';
import { type FilterState, withAttribute, withValue } from '@/lib/filter.ts';
import type { FilterOptions } from '@/lib/filter-options.ts';
import type { SetFilter } from '@/lib/hooks/use-filter.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { ChoiceMenu } from './choice-menu.tsx';
import styles from './filters.module.css';
import { PriceMenu } from './price-menu.tsx';
import { WordsField } from './words-field.tsx';

interface FilterFieldsProps {
  state: FilterState;
  options: FilterOptions;
  onChange: SetFilter;
  without: readonly (keyof FilterState)[];
}

/** The filters. Values within a filter are alternatives, and an item must match every filter. */
export function FilterFields({ state, options, onChange, without }: FilterFieldsProps) {
  const { t } = useWords();
  const attributes = new Map(Object.entries(state.attributes));
  return (
    <>
      {!without.includes('words') && (
        <WordsField value={state.words} onChange={(words) => onChange({ words })} />
      )}
      {FILTER_FIELDS.filter(({ name }) => !without.includes(name)).map(({ name }) => (
        <ChoiceMenu
          key={name}
          label={t(`filters.fields.${name}`)}
          choices={options.fields[name]}
          chosen={state[name]}
          onToggle={(value, isOn) => onChange((now) => ({ [name]: withValue(now[name], value, isOn) }))}
        />
      ))}
      {options.attributes.map(({ name, choices }) => (
        <ChoiceMenu
          key={name}
          label={inWords(name)}
          choices={choices}
          chosen={attributes.get(name) ?? []}
          onToggle={(value, isOn) => onChange((now) => withAttribute(now, name, value, isOn))}
        />
      ))}
      {!without.includes('minPrice') && <PriceMenu state={state} onChange={onChange} />}
      {!without.includes('inStock') && (
        <label className={`${styles.chip} ${styles.check}`}>
          <input
            type="checkbox"
            checked={state.inStock}
            onChange={({ target }) => onChange({ inStock: target.checked })}
          />
          {t('filters.inStock')}
        </label>
      )}
    </>
  );
}

/** `sleeve_length` → `Sleeve length`. */
function inWords(name: string): string {
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
