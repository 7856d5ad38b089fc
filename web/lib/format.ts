import type { Availability, Money } from './api/shapes.ts';

/** `€19.90`, in the visitor's locale unless another is given; an unknown currency is written out. */
export function formatMoney({ amount, currency }: Money, locale?: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(amount));
  } catch {
    return `${amount} ${currency}`;
  }
}

/** 0.873 → `87%`. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)}%`;
}

export const AVAILABILITY_NAMES = {
  IN_STOCK: 'In stock',
  OUT_OF_STOCK: 'Sold out',
  PREORDER: 'Pre-order',
  BACKORDER: 'Back-order',
} as const satisfies Record<Availability, string>;

/** `3 garments`, `1 garment`. */
export function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** `24 Nov 2026, 11:13`, in the visitor's locale and time zone unless others are given. */
export function formatTime(time: string, locale?: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(time),
  );
}

/** `12,480`, in the visitor's locale. */
export function formatNumber(number: number, digits = 0): string {
  return new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(number);
}

/** 95 → `about 2 min`: an estimated duration, rounded accordingly. */
export function formatWait(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} min`;
  const minutes = Math.round((seconds % 3600) / 60);
  return `about ${Math.floor(seconds / 3600)} h${minutes ? ` ${minutes} min` : ''}`;
}

/** 3,500,000 → `3.3 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${formatNumber(bytes / 1024 ** step, step > 0 ? 1 : 0)} ${units[step]}`;
}

/** 0.996 → `99.6%`: for shares where a tenth of a percent matters. */
export function formatPercent(share: number): string {
  return new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** How long ago a time was, in the largest unit that fits: `4 min`. */
export function formatAge(time: string, now = Date.now()): string {
  const seconds = Math.max(0, (now - new Date(time).getTime()) / 1000);
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h`;
  return count(Math.round(seconds / 86_400), 'day');
}
