'use client';

import { useEffect, useState } from 'react';
import styles from './filters.module.css';

interface WordsFieldProps {
  value: string;
  onChange(value: string): void;
}

/** Words in the title. Applied when the visitor leaves the field or presses Enter. */
export function WordsField({ value, onChange }: WordsFieldProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const commit = () => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <label className={`${styles.field} ${styles.words}`}>
      <span className="visually-hidden">Words in the title</span>
      <input
        type="search"
        placeholder="Words in the title"
        maxLength={100}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
    </label>
  );
}
