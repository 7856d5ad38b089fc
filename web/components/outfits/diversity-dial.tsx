'use client';

import { useEffect, useId, useState } from 'react';
import styles from './diversity-dial.module.css';

interface DiversityDialProps {
  /** 0 to 1. */
  value: number;
  onChange(value: number): void;
}

const WAIT_MS = 350;
const WORDS = ['much alike', 'rather alike', 'balanced', 'rather varied', 'very varied'];

/** How different the ideas are from each other. Applied once the slider has rested for a moment. */
export function DiversityDial({ value, onChange }: DiversityDialProps) {
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
      <label htmlFor={id}>How different the ideas are</label>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.1}
        value={shown}
        aria-valuetext={WORDS[Math.round(shown * (WORDS.length - 1))]}
        onChange={({ target }) => setShown(Number(target.value))}
      />
      <span className={styles.ends} aria-hidden="true">
        <span>Alike</span>
        <span>Varied</span>
      </span>
    </div>
  );
}
