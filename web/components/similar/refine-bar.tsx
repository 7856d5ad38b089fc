'use client';

import { type FormEvent, useEffect, useId, useState } from 'react';
import type { SetRefinement } from '@/lib/hooks/use-refinement.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './refine-bar.module.css';

interface RefineBarProps {
  /** What was said. */
  words: string;
  onChange: SetRefinement;
}

/** "This, but …" in words. */
export function RefineBar({ words, onChange }: RefineBarProps) {
  const { t } = useWords();
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
        {t('similar.refine')}
      </label>
      <input
        id={field}
        type="search"
        enterKeyHint="search"
        maxLength={200}
        placeholder={t('similar.refineExample')}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          if (target.value === '') onChange({ say: '' });
        }}
      />
      {text.trim() !== words && (
        <button type="submit" className={styles.send} aria-label={t('similar.send')}>
          <span aria-hidden="true">→</span>
        </button>
      )}
    </form>
  );
}
