'use client';

import { useState } from 'react';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { type Rule, type RuleKind, removeRule, restoreRule } from '@/lib/api/rules.ts';
import { explain } from '@/lib/explain.ts';
import { useKeptFocus } from '@/lib/hooks/use-kept-focus.ts';
import styles from './rules.module.css';
import { boundsOf, deedOf, STATES, targetOf } from './words.ts';

/** Replaces the picture if a rule applies to more than one item. */
const SIGNS: Record<RuleKind, string> = { PIN: '●', BOOST: '↑', BURY: '↓', EXCLUDE: '×' };

/** A rule in the list. A removed rule stays in its place, so that it can be restored. */
export function RuleRow({ rule: loaded }: { rule: Rule }) {
  const [changed, setChanged] = useState(loaded);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const keptFocus = useKeptFocus();
  // A list that is loaded again meanwhile may have been read before the change.
  const rule = changed.updatedAt < loaded.updatedAt ? loaded : changed;
  const { item } = rule.target;
  const target = targetOf(rule);
  const bounds = boundsOf(rule);
  const removed = rule.state === 'REMOVED';
  const undoable = removed && loaded.state !== 'REMOVED';
  const state = STATES[rule.state];

  const change = async (remove: boolean) => {
    setBusy(true);
    setError(null);
    try {
      setChanged(await (remove ? removeRule : restoreRule)(rule.id));
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
    }
    setBusy(false);
  };

  return (
    <li className={styles.row} data-removed={removed ? '' : undefined}>
      <ItemPicture item={item} className={styles.picture}>
        {!item?.imageUrl && <span aria-hidden="true">{SIGNS[rule.kind]}</span>}
      </ItemPicture>
      <div className={styles.words}>
        <p className={styles.deed}>{deedOf(rule)}</p>
        <p className={styles.target}>{target}</p>
        {bounds && <p className={styles.soft}>{bounds}</p>}
        {rule.note && <p className={styles.soft}>{rule.note}</p>}
        {rule.problem && <p className={styles.problem}>{rule.problem}</p>}
        <FormError>{error}</FormError>
      </div>
      <div role="status">
        <Badge tone={state.tone}>{state.name}</Badge>
      </div>
      <div className={styles.actions} {...keptFocus}>
        {removed ? (
          <Button
            disabled={busy}
            onClick={() => change(false)}
            aria-label={`Restore ${deedOf(rule)} ${target}`}
          >
            {undoable ? 'Undo' : 'Restore'}
          </Button>
        ) : (
          <>
            <ButtonLink
              kind="quiet"
              href={`/manage/rules?rule=${rule.id}`}
              aria-label={`Edit ${deedOf(rule)} ${target}`}
            >
              Edit
            </ButtonLink>
            <Button
              kind="quiet"
              disabled={busy}
              onClick={() => change(true)}
              aria-label={`Remove ${deedOf(rule)} ${target}`}
            >
              Remove
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
