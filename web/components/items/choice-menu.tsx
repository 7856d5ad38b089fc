'use client';

import { useRef } from 'react';
import type { Choice } from '@/lib/filter-options.ts';
import { closeOnEscape, useCloseOutside } from '@/lib/hooks/use-close-outside.ts';
import styles from './choice-menu.module.css';

interface ChoiceMenuProps {
  label: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onToggle(value: string, isOn: boolean): void;
}

/** A multiple choice: a button that opens a panel of checkboxes, each with the number of items it would leave. */
export function ChoiceMenu({ label, choices, chosen, onToggle }: ChoiceMenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useCloseOutside(details);
  const shown = withChosen(choices, chosen);
  // A single value narrows nothing.
  if (shown.length <= 1 && chosen.length === 0) return null;
  return (
    <details ref={details} className={styles.menu} onKeyDown={closeOnEscape}>
      <summary>{label}</summary>
      {/* Focusable, so that pressing a row's text keeps the focus in here instead of moving it to the page. */}
      <fieldset className={styles.panel} tabIndex={-1}>
        <legend className="visually-hidden">{label}</legend>
        {shown.map(({ value, label: name, count }) => (
          <label key={value} className={styles.choice} data-none={count === 0 ? '' : undefined}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => onToggle(value, !chosen.includes(value))}
            />
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
