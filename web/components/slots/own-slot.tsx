'use client';

import { useRef, useState } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { removeSlot, type Slot, saveSlot } from '@/lib/api/slots.ts';
import { explain } from '@/lib/explain.ts';
import { useOnceShown } from '@/lib/hooks/use-once-shown.ts';
import { SlotForm } from './slot-form.tsx';
import { SlotRow } from './slot-row.tsx';

interface OwnSlotProps {
  slot: Slot;
  removed: boolean;
  onRemoved(): void;
  onSaved(): void;
}

/** A slot of the shop, with what changes and removes it. */
export function OwnSlot({ slot, removed, onRemoved, onSaved }: OwnSlotProps) {
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const onceShown = useOnceShown();
  const edit = useRef<HTMLButtonElement>(null);
  const { name, label, productTypes } = slot;

  const act = async (deed: () => Promise<void>, then: () => void) => {
    setBusy(true);
    setError(null);
    try {
      await deed();
      then();
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
    }
    setBusy(false);
  };
  const close = () => {
    setEditing(false);
    onceShown(() => edit.current?.focus());
  };
  if (editing && !removed) {
    return (
      <li>
        <SlotForm
          slot={slot}
          taken={[]}
          onSaved={() => {
            onSaved();
            close();
          }}
          onClose={close}
        />
      </li>
    );
  }
  return (
    <SlotRow slot={slot} removed={removed} below={<FormError>{error}</FormError>}>
      {removed ? (
        <>
          <span role="status">
            <Badge tone="soft">Removed</Badge>
          </span>
          <Button
            disabled={busy}
            aria-label={`Undo the removal of ${label}`}
            onClick={() => act(() => saveSlot({ name, label, productTypes }), onSaved)}
          >
            Undo
          </Button>
        </>
      ) : (
        <>
          <Button ref={edit} kind="quiet" aria-label={`Edit ${label}`} onClick={() => setEditing(true)}>
            Edit
          </Button>
          <Button
            kind="quiet"
            disabled={busy}
            aria-label={`Remove ${label}`}
            onClick={() => act(() => removeSlot(name), onRemoved)}
          >
            Remove
          </Button>
        </>
      )}
    </SlotRow>
  );
}
