'use client';

import { useEffect, useState } from 'react';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './filters.module.css';

interface WordsFieldProps {
  value: string;
  onChange(value: string): void;
}

/** Words in the title. Applied when the visitor leaves the field or presses Enter. */
export function WordsField({ value, onChange }: WordsFieldProps) {
  const { t } = useWords();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const commit = () => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <label className={`${styles.field} ${styles.words}`}>
      <span className="visually-hidden">{t('filters.words')}</span>
      <input
        type="search"
        placeholder={t('filters.words')}
        maxLength={100}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
    </label>
  );
}
