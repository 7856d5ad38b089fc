export const PERIODS = [
  { value: '7', name: 'Week' },
  { value: '30', name: 'Month' },
  { value: '90', name: 'Quarter' },
  { value: '365', name: 'Year' },
] as const;
export type PeriodDays = (typeof PERIODS)[number]['value'];

const USUAL: PeriodDays = '30';

export function readPeriod(value: string | null): PeriodDays {
  return PERIODS.find((period) => period.value === value)?.value ?? USUAL;
}

const MS_PER_DAY = 86_400_000;

/** The last days up to today, in UTC, as the server counts them. */
export function periodOf(days: PeriodDays, now = Date.now()): { from: string; to: string } {
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
  return { from: dayOf(now - (Number(days) - 1) * MS_PER_DAY), to: dayOf(now) };
}

/** `29 Nov`, in the visitor's locale. `day` is 2026-11-29. */
export function shortDay(day: string): string {
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(day),
  );
}
