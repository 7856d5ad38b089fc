import type { Availability, Money } from './api/shapes.ts';

/** `€19.90`, in the visitor's own way of writing; an unknown currency is written out. */
export function formatMoney({ amount, currency }: Money): string {
  try {
    return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(Number(amount));
  } catch {
    return `${amount} ${currency}`;
  }
}

/** 0.873 → `87%`. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)}%`;
}

export const AVAILABILITY_NAMES: Record<Availability, string> = {
  IN_STOCK: 'In stock',
  OUT_OF_STOCK: 'Sold out',
  PREORDER: 'Pre-order',
  BACKORDER: 'Back-order',
};

/** `3 garments`, `1 garment`. */
export function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** `24 Nov 2026, 11:13`, in the visitor's own way of writing. */
export function formatTime(time: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(time),
  );
}
