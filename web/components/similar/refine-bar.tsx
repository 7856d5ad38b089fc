'use client';

import { type FormEvent, useEffect, useId, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import type { Interpretation } from '@/lib/api/shapes.ts';
import { CATEGORY_NAMES } from '@/lib/categories.ts';
import { count } from '@/lib/format.ts';
import type { SetRefinement } from '@/lib/hooks/use-refinement.ts';
import type { RefinementState } from '@/lib/refinement.ts';
import styles from './refine-bar.module.css';

interface RefineBarProps {
  state: RefinementState;
  /** The server's interpretation of the words; null if there are none, or before the response. */
  interpretation: Interpretation | null;
  onChange: SetRefinement;
}

/** "This, but …" in words, and the refinements so far, each of which can be removed. */
export function RefineBar({ state, interpretation, onChange }: RefineBarProps) {
  const field = useId();
  const [text, setText] = useState(state.say);
  useEffect(() => setText(state.say), [state.say]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange({ say: text });
  };
  return (
    <form className={styles.bar} onSubmit={submit}>
      <label htmlFor={field}>This, but…</label>
      <div className={styles.line}>
        <input
          id={field}
          type="search"
          maxLength={200}
          placeholder="in blue, as a skirt, cheaper"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            if (target.value === '') onChange({ say: '' });
          }}
        />
        <Button type="submit">Refine</Button>
      </div>
      <ul className={styles.chips} aria-label="Refined by">
        {interpretation && (
          <Chip onRemove={() => onChange({ say: '' })} name={state.say}>
            {inWords(interpretation)}
          </Chip>
        )}
        {state.more.length > 0 && (
          <Chip onRemove={() => onChange({ more: [] })} name="more like these">
            {`More like ${count(state.more.length, 'item')}`}
          </Chip>
        )}
        {state.less.length > 0 && (
          <Chip onRemove={() => onChange({ less: [] })} name="less like these">
            {`Less like ${count(state.less.length, 'item')}`}
          </Chip>
        )}
      </ul>
    </form>
  );
}

function Chip({ name, children, onRemove }: { name: string; children: string; onRemove(): void }) {
  return (
    <li>
      <button
        type="button"
        className={styles.chip}
        aria-label={`${children}. Take back: ${name}`}
        onClick={onRemove}
      >
        {children}
        <span aria-hidden="true">×</span>
      </button>
    </li>
  );
}

/** `Colour blue, category skirt, “pockets” in the title`. */
function inWords(interpretation: Interpretation): string {
  const { colours, categories, titleWords, ignored, notUnderstood } = interpretation;
  const leftOut = [...ignored, ...notUnderstood];
  const parts = [
    colours.length > 0 && `colour ${colours.map((colour) => colour.toLowerCase()).join(' or ')}`,
    categories.length > 0 &&
      `category ${categories.map((category) => CATEGORY_NAMES[category].toLowerCase()).join(' or ')}`,
    titleWords.length > 0 && `${titleWords.map((word) => `“${word}”`).join(', ')} in the title`,
    priceInWords(interpretation),
    leftOut.length > 0 && `left out: ${leftOut.map((word) => `“${word}”`).join(', ')}`,
  ].filter((part) => typeof part === 'string');
  const sentence = parts.join(', ') || 'nothing understood';
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function priceInWords({ minPrice, maxPrice }: Interpretation): string | null {
  const [min, max] = [minPrice ?? null, maxPrice ?? null];
  if (min !== null && max !== null) return `price from ${min} to ${max}`;
  if (min !== null) return `price from ${min}`;
  return max === null ? null : `price up to ${max}`;
}
