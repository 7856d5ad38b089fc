'use client';

import { type FormEvent, useEffect, useId, useState } from 'react';
import type { SetRefinement } from '@/lib/hooks/use-refinement.ts';
import styles from './refine-bar.module.css';

interface RefineBarProps {
  /** What was said. */
  words: string;
  onChange: SetRefinement;
}

/** "This, but …" in words. */
export function RefineBar({ words, onChange }: RefineBarProps) {
  const field = useId();
  const [text, setText] = useState(words);
  useEffect(() => setText(words), [words]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange({ say: text });
  };
  return (
    <form className={styles.bar} onSubmit={submit}>
      <label htmlFor={field} className="visually-hidden">
        This, but…
      </label>
      <input
        id={field}
        type="search"
        enterKeyHint="search"
        maxLength={200}
        placeholder="This, but… in blue, cheaper"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          if (target.value === '') onChange({ say: '' });
        }}
      />
      {text.trim() !== words && (
        <button type="submit" className={styles.send} aria-label="Refine">
          <span aria-hidden="true">→</span>
        </button>
      )}
    </form>
  );
}
