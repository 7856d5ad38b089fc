'use client';

import { useEffect, useId, useState } from 'react';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';
import { digitsOf, examplePrice, readPrice, writePrice } from '@/lib/read-price.ts';
import styles from './filters.module.css';

interface PriceFieldProps {
  label: string;
  value: number | null;
  onChange(value: number | null): void;
}

/** A price in major units. Applied when the visitor leaves the field or presses Enter, not with every digit. */
export function PriceField({ label, value, onChange }: PriceFieldProps) {
  const { t, locale } = useWords();
  const shop = useShop();
  const digits = shop ? digitsOf(shop.currency) : undefined;
  const id = useId();
  const shown = value === null ? '' : writePrice(value, locale);
  const [text, setText] = useState(shown);
  const [isUnclear, setUnclear] = useState(false);
  const show = (now: string) => {
    setText(now);
    setUnclear(false);
  };
  useEffect(() => {
    setText(shown);
    setUnclear(false);
  }, [shown]);
  const commit = () => {
    if (text.trim() === shown) return show(shown);
    const entered = text.trim() === '' ? null : readPrice(text, locale, digits);
    if (entered === null && text.trim() !== '') return setUnclear(true);
    show(entered === null ? '' : writePrice(entered, locale));
    if (entered !== value) onChange(entered);
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode="decimal"
        value={text}
        aria-invalid={isUnclear}
        aria-describedby={isUnclear ? `${id}-error` : undefined}
        onChange={({ target }) => show(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
      <FormError id={`${id}-error`}>
        {isUnclear ? t('filters.priceUnclear', { example: examplePrice(locale, digits) }) : null}
      </FormError>
    </div>
  );
}
