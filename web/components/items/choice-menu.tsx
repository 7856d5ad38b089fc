'use client';

import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Choice } from '@/lib/filter-options.ts';
import styles from './choice-menu.module.css';

interface ChoiceMenuProps {
  label: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}

/** A multiple choice: a button that opens a panel of checkboxes, each with the number of items it would leave. */
export function ChoiceMenu({ label, choices, chosen, onChange }: ChoiceMenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useCloseOutside(details);
  const shown = withChosen(choices, chosen);
  if (shown.length === 0) return null;
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  return (
    <details ref={details} className={styles.menu} onKeyDown={closeOnEscape}>
      <summary>
        {label}
        {chosen.length > 0 && <span className={styles.number}>{chosen.length}</span>}
      </summary>
      {/* Focusable, so that pressing a row's text keeps the focus in here instead of moving it to the page. */}
      <fieldset className={styles.panel} tabIndex={-1}>
        <legend className="visually-hidden">{label}</legend>
        {shown.map(({ value, label: name, count }) => (
          <label key={value} className={styles.choice} data-none={count === 0 ? '' : undefined}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span>{name}</span>
            {count !== null && <span className={styles.count}>{count}</span>}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

/** Chosen values stay visible even if nothing has them any more, so that they can be removed. */
function withChosen(choices: readonly Choice[], chosen: readonly string[]): readonly Choice[] {
  const missing = chosen.filter((value) => !choices.some((choice) => choice.value === value));
  return [...choices, ...missing.map((value) => ({ value, label: value, count: null }))];
}

function closeOnEscape({ key, currentTarget }: KeyboardEvent<HTMLDetailsElement>) {
  if (key !== 'Escape' || !currentTarget.open) return;
  currentTarget.open = false;
  currentTarget.querySelector('summary')?.focus();
}

function useCloseOutside(menu: React.RefObject<HTMLDetailsElement | null>) {
  useEffect(() => {
    const close = ({ target }: Event) => {
      if (menu.current?.open && !menu.current.contains(target as Node)) menu.current.open = false;
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('focusin', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('focusin', close);
    };
  }, [menu]);
}
