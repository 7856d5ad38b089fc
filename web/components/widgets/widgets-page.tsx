'use client';

import Link from 'next/link';
import { useState } from 'react';
import { ItemPicker } from '@/components/manage/item-picker.tsx';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { useSession } from '@/lib/hooks/use-session.ts';
import { USUAL_COUNT, USUAL_THEME, type WidgetTag } from '@/lib/snippet.ts';
import { type WidgetChoices, WidgetForm } from './widget-form.tsx';
import { WidgetPreview } from './widget-preview.tsx';
import { WidgetSnippet } from './widget-snippet.tsx';
import styles from './widgets.module.css';

const TAGS: { value: WidgetTag; name: string }[] = [
  { value: 'armoire-similar', name: 'Similar items' },
  { value: 'armoire-outfits', name: 'Outfits' },
  { value: 'armoire-photo-search', name: 'Photo search' },
];

const usual = (tag: WidgetTag): WidgetChoices => ({
  tag,
  count: USUAL_COUNT[tag],
  heading: '',
  theme: USUAL_THEME,
});

/** Puts a widget for the shop's own pages together: how it looks, and what to copy. */
export function WidgetsPage() {
  const now = useSession();
  const [item, setItem] = useState<ItemCard | null>(null);
  const [choices, setChoices] = useState(usual('armoire-similar'));
  const [key, setKey] = useState('');
  if (now.phase !== 'in') return null;
  const needsItem = choices.tag !== 'armoire-photo-search';
  return (
    <>
      <ManageHead title="Widgets">
        <p>
          Similar items, outfits and the search by photo on the shop’s own pages: a script and an element to
          copy. A widget needs a key that works on the shop’s host
          {now.session.role === 'ADMIN' ? (
            <>
              , made at <Link href="/manage/keys">Keys</Link>
            </>
          ) : null}
          .
        </p>
      </ManageHead>
      <Tabs
        label="Widget"
        options={TAGS}
        value={choices.tag}
        onChange={(tag) => setChoices({ ...usual(tag), theme: choices.theme })}
      />
      {needsItem && <ItemPicker label="Shown for" item={item} onChange={setItem} />}
      <div className={styles.parts}>
        <WidgetForm choices={choices} onChange={setChoices} widgetKey={key} onKeyChange={setKey} />
        <div className={styles.column}>
          {(item || !needsItem) && <WidgetPreview choices={choices} item={item?.id ?? ''} />}
          <WidgetSnippet choices={choices} item={item?.id ?? ''} widgetKey={key} />
        </div>
      </div>
    </>
  );
}
