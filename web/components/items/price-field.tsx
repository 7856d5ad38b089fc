'use client';

import { useEffect, useState } from 'react';
import styles from './filters.module.css';

interface PriceFieldProps {
  label: string;
  value: number | null;
  onChange(value: number | null): void;
}

/** A price in major units. Applied when the visitor leaves the field or presses Enter, not with every digit. */
export function PriceField({ label, value, onChange }: PriceFieldProps) {
  const [text, setText] = useState(value?.toString() ?? '');
  useEffect(() => setText(value?.toString() ?? ''), [value]);
  const commit = () => {
    const entered = text.trim() === '' ? null : Number(text.replace(',', '.'));
    if (entered === value) return;
    if (entered === null || (Number.isFinite(entered) && entered >= 0)) onChange(entered);
    else setText(value?.toString() ?? '');
  };
  return (
    <label className={styles.field}>
      {label}
      <input
        inputMode="decimal"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
    </label>
  );
}
