import { makeSignedLinks } from '../http/signed-links.ts';
import type { Period } from './period.ts';

export const CSV_FILES = ['counts', 'items'] as const;
export type CsvFile = (typeof CSV_FILES)[number];

/** Links to insights as CSV. */
export interface InsightsLinks {
  csvUrl(shopId: string, file: CsvFile, period: Period): string;
  /** The shop of a recent link that was signed here for this file and period; otherwise null. */
  shopOf(file: CsvFile, period: Period, query: Readonly<Record<string, unknown>>): string | null;
}

export function makeInsightsLinks(secret: Buffer, now: () => number = Date.now): InsightsLinks {
  const links = makeSignedLinks(secret, 'insights.csv', now);
  const name = (file: CsvFile, { from, to, source }: Period) => JSON.stringify([file, from, to, source]);
  return {
    csvUrl(shopId, file, period) {
      const { from, to, source } = period;
      const query = new URLSearchParams({ from, to, ...(source && { source }) });
      return `/insights/${file}.csv?${query}&${links.sign(shopId, name(file, period))}`;
    },
    shopOf: (file, period, query) => links.shopOf(name(file, period), query),
  };
}
