'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type SubmitEvent, useRef, useState } from 'react';
import { ItemChoices } from '@/components/manage/item-choices.tsx';
import { useUnsaved } from '@/components/manage/use-unsaved.ts';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import form from '@/components/ui/form.module.css';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { type Look, saveLook } from '@/lib/api/looks.ts';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { explain } from '@/lib/explain.ts';
import { count } from '@/lib/format.ts';
import { useKeys } from '@/lib/hooks/use-loaded.ts';
import { MAX_LOOK_ITEMS } from '@/lib/looks-file.ts';
import { LookItems } from './look-items.tsx';
import styles from './looks.module.css';
import { LooksHead } from './looks-head.tsx';

/** What the form begins with; a new look has no id yet. */
export type Start = Pick<Look, 'name' | 'source' | 'problem' | 'items'> & { id: string | null };

/** What saving changes for a look that was not made by hand. */
const TAKEN_OVER: Partial<Record<Look['source'], string>> = {
  FEED: 'This look comes from the feed. Once you save it, it stays as you leave it, whatever the feed says.',
  API: 'A program has saved this look. If it saves it again, your changes are gone.',
};

/** Makes or changes a look. */
export function LookForm({ start }: { start: Start }) {
  const router = useRouter();
  const queries = useQueryClient();
  const keyOf = useKeys();
  // The field's own: a list that moves renders late, and would take back what is typed meanwhile.
  const name = useRef<HTMLInputElement>(null);
  const [items, setItems] = useState(start.items);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (next: ItemCard[]) => {
    setError(null);
    setItems(next);
  };
  const toggle = (item: ItemCard) => {
    if (items.some(({ id }) => id === item.id)) return change(items.filter(({ id }) => id !== item.id));
    if (items.length >= MAX_LOOK_ITEMS) return setError(`A look has at most ${MAX_LOOK_ITEMS} items.`);
    change([...items, item]);
  };

  useUnsaved(() => {
    const isRenamed = name.current !== null && name.current.value !== (start.name ?? '');
    return (
      !busy && (isRenamed || items.map(({ id }) => id).join() !== start.items.map(({ id }) => id).join())
    );
  });

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (items.length < 2) return setError('A look has at least two items: choose them by their pictures.');
    setBusy(true);
    try {
      const itemIds = items.map(({ id }) => id);
      const named = name.current?.value.trim() || null;
      const id = await saveLook({ ...(start.id && { id: start.id }), name: named, itemIds });
      queries.removeQueries({ queryKey: keyOf(`look ${id}`) });
      router.push('/manage/looks');
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
      setBusy(false);
    }
  };

  return (
    <>
      <LooksHead title={start.id ? 'Change a look' : 'A new look'}>
        {TAKEN_OVER[start.source] && <p>{TAKEN_OVER[start.source]}</p>}
      </LooksHead>
      <form className={styles.editor} onSubmit={submit} noValidate>
        <div className={styles.chosen}>
          <Field label="Name" hint="Shoppers read it above the look. May stay empty.">
            {(control) => (
              <input
                {...control}
                maxLength={200}
                autoComplete="off"
                placeholder="A walk by the sea"
                ref={name}
                defaultValue={start.name ?? ''}
              />
            )}
          </Field>
          {start.problem && <p className={styles.problem}>{start.problem}</p>}
          <LookItems items={items} onChange={change} />
        </div>
        <div className={styles.choices}>
          <ItemChoices
            label="Items to choose from"
            hint="Words of a title narrow them. Press a picture to put its item into the look, or to take it out."
            numbered
            chosen={items.map(({ id }) => id)}
            shown={24}
            onChoose={toggle}
          />
        </div>
        <div className={styles.save}>
          <FormError>{error}</FormError>
          <div className={form.actions}>
            <Button kind="primary" type="submit" disabled={busy}>
              {busy ? 'Saving…' : 'Save the look'}
            </Button>
            <ButtonLink kind="quiet" href="/manage/looks" data-discards>
              Cancel
            </ButtonLink>
            <span className={styles.tally}>{count(items.length, 'item')}</span>
          </div>
        </div>
      </form>
    </>
  );
}
