'use client';

import { type SubmitEvent, useRef, useState } from 'react';
import { useUnsaved } from '@/components/manage/use-unsaved.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import form from '@/components/ui/form.module.css';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { type Slot, saveSlot } from '@/lib/api/slots.ts';
import { explain } from '@/lib/explain.ts';
import { addWords, type SlotDraft, slotName, slotProblem, splitWords, toSlotInput } from '@/lib/slots.ts';
import styles from './slots.module.css';
import { WordList } from './word-list.tsx';

interface SlotFormProps {
  /** Null for a new one. */
  slot: Slot | null;
  /** Slots whose names a new one cannot have: it would replace them. */
  taken: Slot[];
  onSaved(): void;
  onClose(): void;
}

/** Makes or changes a slot of the shop. */
export function SlotForm({ slot, taken, onSaved, onClose }: SlotFormProps) {
  const [start] = useState<SlotDraft>({
    label: slot?.label ?? '',
    name: slot?.name ?? '',
    words: slot?.productTypes ?? [],
  });
  const [draft, setDraft] = useState(start);
  // The word that is typed but not added yet.
  const [word, setWord] = useState('');
  const [ownName, setOwnName] = useState(slot !== null);
  const [problem, setProblem] = useState<{ field: keyof SlotDraft | null; reason: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const change = (part: Partial<SlotDraft>) => {
    setProblem(null);
    setDraft((before) => ({ ...before, ...part }));
  };
  const errorOf = (field: keyof SlotDraft | null) => (problem?.field === field ? problem.reason : null);

  useUnsaved(() => !busy && (word.trim() !== '' || JSON.stringify(draft) !== JSON.stringify(start)));

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const whole = { ...draft, words: addWords(draft.words, splitWords(word)) };
    const names = taken.map(({ name }) => name);
    const missing = slotProblem(whole, names);
    if (missing) {
      setProblem(missing);
      element.current?.querySelector<HTMLElement>(`[name="${missing.field}"]`)?.focus();
      return;
    }
    setBusy(true);
    try {
      await saveSlot(toSlotInput(whole));
      onSaved();
    } catch (cause) {
      setProblem({ field: null, reason: explain(toApiError(cause)).advice });
      setBusy(false);
    }
  };

  return (
    <form
      ref={element}
      className={styles.form}
      onSubmit={submit}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
      noValidate
      aria-label={slot ? `Change ${slot.label}` : 'A new slot'}
    >
      <div className={styles.pair}>
        <Field label="Name" hint="Shoppers read it, as in “Shoes”." error={errorOf('label')}>
          {(control) => (
            <input
              {...control}
              // biome-ignore lint/a11y/noAutofocus: the form opens because its button was pressed.
              autoFocus
              name="label"
              maxLength={60}
              autoComplete="off"
              value={draft.label}
              onChange={({ target: { value } }) =>
                change({ label: value, ...(!ownName && { name: slotName(value) }) })
              }
            />
          )}
        </Field>
        <Field
          label="Name for programs"
          hint={slot ? 'It stays as it is.' : 'Small letters and digits. It cannot be changed later.'}
          error={errorOf('name')}
        >
          {(control) => (
            <input
              {...control}
              name="name"
              maxLength={30}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              readOnly={slot !== null}
              value={draft.name}
              onChange={({ target: { value } }) => {
                setOwnName(value !== '');
                change({ name: value });
              }}
            />
          )}
        </Field>
      </div>
      <WordList
        words={draft.words}
        text={word}
        error={errorOf('words')}
        onText={(text) => {
          setProblem(null);
          setWord(text);
        }}
        onChange={(words) => change({ words })}
      />
      <FormError>{errorOf(null)}</FormError>
      <div className={form.actions}>
        <Button kind="primary" type="submit" disabled={busy}>
          {busy ? 'Saving…' : 'Save the slot'}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
