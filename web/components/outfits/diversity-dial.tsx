'use client';

import { useEffect, useId, useState } from 'react';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './diversity-dial.module.css';

interface DiversityDialProps {
  /** 0 to 1. */
  value: number;
  onChange(value: number): void;
}

const WAIT_MS = 350;
const WORDS = ['0', '1', '2', '3', '4'] as const;

/** How different the ideas are from each other. Applied once the slider has rested for a moment. */
export function DiversityDial({ value, onChange }: DiversityDialProps) {
  const { t } = useWords();
  const id = useId();
  const [shown, setShown] = useState(value);
  useEffect(() => setShown(value), [value]);
  useEffect(() => {
    if (shown === value) return;
    const timer = setTimeout(() => onChange(shown), WAIT_MS);
    return () => clearTimeout(timer);
  });
  return (
    <div className={styles.dial}>
      <label htmlFor={id}>{t('outfit.diversity')}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.1}
        value={shown}
        aria-valuetext={t(`outfit.dial.${WORDS[Math.round(shown * (WORDS.length - 1))] ?? '2'}`)}
        onChange={({ target }) => setShown(Number(target.value))}
      />
      <span className={styles.ends} aria-hidden="true">
        <span>{t('outfit.alike')}</span>
        <span>{t('outfit.varied')}</span>
      </span>
    </div>
  );
}
