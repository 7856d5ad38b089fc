import type { Day } from '@/lib/api/insights.ts';

export type SeriesName = keyof Day['counts'];

/** How a series of a chart is called. Lines differ by their dashes too, not only by their colours. */
export const SERIES: Record<SeriesName, { name: string; dashes: string; colour: string }> = {
  photos: { name: 'Photos', dashes: '6 4', colour: 'var(--chart-2)' },
  searches: { name: 'Searches', dashes: '0', colour: 'var(--chart-1)' },
  zeroResults: { name: 'No match', dashes: '0', colour: 'var(--chart-3)' },
  lowConfidence: { name: 'Weak matches', dashes: '6 4', colour: 'var(--chart-2)' },
  shown: { name: 'Shown', dashes: '0', colour: 'var(--chart-1)' },
  opened: { name: 'Opened', dashes: '0', colour: 'var(--chart-1)' },
  clickedOut: { name: 'To the shop', dashes: '6 4', colour: 'var(--chart-2)' },
  added: { name: 'Added', dashes: '2 3', colour: 'var(--chart-3)' },
};
