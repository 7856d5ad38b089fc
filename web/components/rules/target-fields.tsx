'use client';

import { useId } from 'react';
import { ItemPicker } from '@/components/manage/item-picker.tsx';
import { Field } from '@/components/ui/field.tsx';
import form from '@/components/ui/form.module.css';
import { Tabs } from '@/components/ui/tabs.tsx';
import { loadShopWords } from '@/lib/api/rules.ts';
import type { Category } from '@/lib/api/shapes.ts';
import { CATEGORIES, CATEGORY_NAMES } from '@/lib/categories.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import type { Draft, TargetKind } from './draft.ts';
import styles from './rules.module.css';

const TARGETS: { value: TargetKind; name: string }[] = [
  { value: 'item', name: 'Item' },
  { value: 'category', name: 'Category' },
  { value: 'brand', name: 'Brand' },
  { value: 'attribute', name: 'Attribute' },
];

/** Google Merchant's attributes that a rule can name; the shop's own columns can be typed in. */
const ATTRIBUTES = ['color', 'size', 'gender', 'age_group'];

interface TargetFieldsProps {
  draft: Draft;
  onChange(part: Partial<Draft>): void;
}

/** What the rule applies to. */
export function TargetFields({ draft, onChange }: TargetFieldsProps) {
  return (
    <div className={form.form}>
      <Tabs
        label="What it applies to"
        options={TARGETS}
        value={draft.targetKind}
        onChange={(targetKind) => onChange({ targetKind })}
      />
      {draft.targetKind === 'item' && (
        <ItemPicker label="The item" item={draft.item} onChange={(item) => onChange({ item })} />
      )}
      {draft.targetKind === 'category' && (
        <Field label="Category">
          {(control) => (
            <select
              {...control}
              value={draft.category}
              onChange={({ target }) => onChange({ category: target.value as Category })}
            >
              {CATEGORIES.map((category) => (
                <option key={category} value={category}>
                  {CATEGORY_NAMES[category]}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {(draft.targetKind === 'brand' || draft.targetKind === 'attribute') && (
        <WordFields draft={draft} onChange={onChange} />
      )}
    </div>
  );
}

/** Offers the values that the shop's feed uses. */
function WordFields({ draft, onChange }: TargetFieldsProps) {
  const { value: words } = useLoaded('words of the shop', loadShopWords);
  const list = useId();
  if (draft.targetKind === 'brand') {
    return (
      <Field label="Brand">
        {(control) => (
          <>
            <input
              {...control}
              list={list}
              maxLength={1000}
              value={draft.brand}
              onChange={({ target }) => onChange({ brand: target.value })}
            />
            <Words id={list} words={words?.brands ?? []} />
          </>
        )}
      </Field>
    );
  }
  const values = draft.attributeName.trim().toLowerCase() === 'color' ? (words?.colors ?? []) : [];
  return (
    <div className={styles.pair}>
      <Field label="Attribute" hint="A column of your feed">
        {(control) => (
          <>
            <input
              {...control}
              list={`${list}-names`}
              maxLength={50}
              value={draft.attributeName}
              onChange={({ target }) => onChange({ attributeName: target.value })}
            />
            <Words id={`${list}-names`} words={ATTRIBUTES} />
          </>
        )}
      </Field>
      <Field label="Value">
        {(control) => (
          <>
            <input
              {...control}
              list={`${list}-values`}
              maxLength={1000}
              value={draft.attributeValue}
              onChange={({ target }) => onChange({ attributeValue: target.value })}
            />
            <Words id={`${list}-values`} words={values} />
          </>
        )}
      </Field>
    </div>
  );
}

function Words({ id, words }: { id: string; words: string[] }) {
  return (
    <datalist id={id}>
      {words.map((word) => (
        <option key={word} value={word} />
      ))}
    </datalist>
  );
}
