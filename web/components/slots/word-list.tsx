'use client';

import { type KeyboardEvent, useRef } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { addWords, splitWords } from '@/lib/slots.ts';
import styles from './slots.module.css';

interface WordListProps {
  words: string[];
  /** What is being typed. */
  text: string;
  error: string | null;
  onText(text: string): void;
  onChange(words: string[]): void;
}

/** The category words of a slot: typed one by one, or pasted as a list. */
export function WordList({ words, text, error, onText, onChange }: WordListProps) {
  const field = useRef<HTMLInputElement>(null);
  const add = () => {
    onChange(addWords(words, splitWords(text)));
    onText('');
  };
  const press = (event: KeyboardEvent) => {
    // With nothing typed, Enter saves the form.
    if (event.key !== ',' && !(event.key === 'Enter' && text.trim())) return;
    event.preventDefault();
    add();
  };
  const take = (word: string) => {
    onChange(words.filter((other) => other !== word));
    field.current?.focus();
  };
  return (
    <div className={styles.wordList}>
      <Field
        label="Category words"
        hint="As your feed has them in product_type or google_product_category, such as “Shoes”. Press Enter after each."
        error={error}
      >
        {(control) => (
          <div className={styles.addWord}>
            <input
              {...control}
              ref={field}
              name="words"
              maxLength={1000}
              autoComplete="off"
              value={text}
              onChange={({ target }) => onText(target.value)}
              onKeyDown={press}
            />
            <Button onClick={add} disabled={!text.trim()}>
              Add
            </Button>
          </div>
        )}
      </Field>
      {words.length > 0 && (
        <ul className={styles.chips} aria-label="Words of the slot">
          {words.map((word) => (
            <li key={word}>
              <button
                type="button"
                className={styles.wordChip}
                aria-label={`Take ${word} out`}
                onClick={() => take(word)}
              >
                {word} <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
