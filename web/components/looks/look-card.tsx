'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { type Look, removeLook, restoreLook } from '@/lib/api/looks.ts';
import { explain } from '@/lib/explain.ts';
import { count } from '@/lib/format.ts';
import { useKeptFocus } from '@/lib/hooks/use-kept-focus.ts';
import styles from './looks.module.css';
import { Mosaic } from './mosaic.tsx';
import { lookAddress, nameOf, SOURCES } from './words.ts';

/** A look in the list. A removed look stays in its place, so that it can be brought back. */
export function LookCard({ look }: { look: Look }) {
  const [removed, setRemoved] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const keptFocus = useKeptFocus();
  const name = nameOf(look);

  const change = async (remove: boolean) => {
    setBusy(true);
    setError(null);
    try {
      await (remove ? removeLook(look.id) : restoreLook(look));
      setRemoved(remove);
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
    }
    setBusy(false);
  };

  return (
    <li className={styles.card} data-removed={removed ? '' : undefined}>
      <Link href={lookAddress(look.id)} className={styles.face} tabIndex={removed ? -1 : undefined}>
        <Mosaic items={look.items} />
        <span className={styles.name}>{name}</span>
      </Link>
      <p className={styles.soft}>
        {count(look.items.length, 'item')} · {SOURCES[look.source]}
      </p>
      {look.problem && !removed && <p className={styles.problem}>{look.problem}</p>}
      <FormError>{error}</FormError>
      <div className={styles.cardActions} {...keptFocus}>
        {removed ? (
          <Button disabled={busy} onClick={() => change(false)} aria-label={`Undo the removal of ${name}`}>
            Undo
          </Button>
        ) : (
          <>
            <ButtonLink kind="quiet" href={lookAddress(look.id)} aria-label={`Edit ${name}`}>
              Edit
            </ButtonLink>
            <Button kind="quiet" disabled={busy} onClick={() => change(true)} aria-label={`Remove ${name}`}>
              Remove
            </Button>
          </>
        )}
        <span role="status">{removed && <Badge tone="soft">Removed</Badge>}</span>
      </div>
    </li>
  );
}
