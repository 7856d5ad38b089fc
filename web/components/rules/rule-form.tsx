'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type SubmitEvent, useState } from 'react';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { useUnsaved } from '@/components/manage/use-unsaved.ts';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Check } from '@/components/ui/check.tsx';
import { Field } from '@/components/ui/field.tsx';
import form from '@/components/ui/form.module.css';
import { FormError } from '@/components/ui/form-error.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { type RuleKind, type RuleStrength, setRule } from '@/lib/api/rules.ts';
import { explain } from '@/lib/explain.ts';
import { useKeys } from '@/lib/hooks/use-loaded.ts';
import { type Draft, missing, toInput } from './draft.ts';
import { RulePreview } from './rule-preview.tsx';
import styles from './rules.module.css';
import { SearchCategories } from './search-categories.tsx';
import { TargetFields } from './target-fields.tsx';
import { KINDS, STRENGTHS } from './words.ts';

const KIND_OPTIONS = (Object.keys(KINDS) as RuleKind[]).map((value) => ({ value, name: KINDS[value].name }));
const STRENGTH_OPTIONS = (Object.keys(STRENGTHS) as RuleStrength[]).map((value) => ({
  value,
  name: STRENGTHS[value],
}));

/** Creates or changes a rule, with a preview of the results. */
export function RuleForm({ start }: { start: Draft }) {
  const router = useRouter();
  const queries = useQueryClient();
  const keyOf = useKeys();
  const [draft, setDraft] = useState(start);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<Draft>) => {
    setError(null);
    setDraft((before) => ({ ...before, ...part }));
  };

  useUnsaved(() => !busy && JSON.stringify(draft) !== JSON.stringify(start));

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const input = toInput(draft);
    if (!input) return setError(missing(draft));
    setBusy(true);
    try {
      const { id } = await setRule(input);
      queries.removeQueries({ queryKey: keyOf(`rule ${id} null`) });
      router.push('/manage/rules');
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
      setBusy(false);
    }
  };

  return (
    <>
      <ManageHead title={draft.id ? 'Change a rule' : 'A new rule'} />
      <div className={styles.editor}>
        <form className={form.form} onSubmit={submit} noValidate>
          <div className={form.group}>
            <Tabs
              label="What it does"
              options={KIND_OPTIONS}
              value={draft.kind}
              onChange={(kind) => change({ kind })}
            />
            <p className={form.hint}>
              {KINDS[draft.kind].name} {KINDS[draft.kind].does}.
            </p>
          </div>
          <TargetFields draft={draft} onChange={change} />
          {draft.kind === 'PIN' && (
            <>
              <Field label="Place in the list" hint="From 1 to 24">
                {(control) => (
                  <input
                    {...control}
                    type="number"
                    min={1}
                    max={24}
                    inputMode="numeric"
                    value={draft.position}
                    onChange={({ target }) => change({ position: target.value })}
                  />
                )}
              </Field>
              <Check
                checked={draft.includeOutOfStock}
                onChange={({ target }) => change({ includeOutOfStock: target.checked })}
              >
                Even when it is out of stock
              </Check>
            </>
          )}
          {(draft.kind === 'BOOST' || draft.kind === 'BURY') && (
            <Tabs
              label="How much"
              options={STRENGTH_OPTIONS}
              value={draft.strength}
              onChange={(strength) => change({ strength })}
            />
          )}
          <SearchCategories
            chosen={draft.searchCategories}
            onChange={(searchCategories) => change({ searchCategories })}
          />
          {draft.kind === 'PIN' && draft.searchCategories.length === 0 && (
            <p className={form.hint} role="note">
              This pin is for every search: where shoppers look at all categories, it also stands among other
              kinds of garments. Choose the searches it is meant for under “Only in some searches”.
            </p>
          )}
          <div className={styles.pair}>
            <Field label="From" hint="At once where empty">
              {(control) => (
                <input
                  {...control}
                  type="datetime-local"
                  value={draft.startsAt}
                  onChange={({ target }) => change({ startsAt: target.value })}
                />
              )}
            </Field>
            <Field label="Until" hint="For good where empty">
              {(control) => (
                <input
                  {...control}
                  type="datetime-local"
                  value={draft.endsAt}
                  onChange={({ target }) => change({ endsAt: target.value })}
                />
              )}
            </Field>
          </div>
          <Field label="Note" hint="For merchandisers alone">
            {(control) => (
              <input
                {...control}
                maxLength={500}
                value={draft.note}
                onChange={({ target }) => change({ note: target.value })}
              />
            )}
          </Field>
          <FormError>{error}</FormError>
          <div className={form.actions}>
            <Button kind="primary" type="submit" disabled={busy}>
              {busy ? 'Saving…' : 'Save the rule'}
            </Button>
            <ButtonLink href="/manage/rules" data-discards>
              Cancel
            </ButtonLink>
          </div>
        </form>
        <RulePreview draft={draft} />
      </div>
    </>
  );
}
