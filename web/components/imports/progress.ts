import type { Tone } from '@/components/ui/badge.tsx';
import type { ImportJob } from '@/lib/api/manage.ts';
import { count, formatNumber } from '@/lib/format.ts';
import { isRunning } from './use-import.ts';

export const STATES: Record<ImportJob['state'], { name: string; tone: Tone }> = {
  RUNNING: { name: 'Running', tone: 'plain' },
  DONE: { name: 'Done', tone: 'good' },
  FAILED: { name: 'Failed', tone: 'warn' },
  CANCELLED: { name: 'Cancelled', tone: 'plain' },
};

/** How much of the import is done, 0 to 1; null while nobody knows. */
export function shareOf({ itemsReady, itemsFailed, itemsPending }: ImportJob): number | null {
  const all = itemsReady + itemsFailed + itemsPending;
  return all > 0 ? (itemsReady + itemsFailed) / all : null;
}

/** Where the import stands, in a sentence. */
export function sentenceOf(job: ImportJob): string {
  const ended = job.itemsReady + job.itemsFailed;
  const all = ended + job.itemsPending;
  if (!isRunning(job)) {
    if (all === 0 && job.rowsUnchanged > 0) return 'Every row is as it was at the last import.';
    const broken = job.rowsRejected + job.itemsFailed;
    const left = broken > 0 ? `; ${count(broken, 'row')} could not be used, as listed below` : '';
    return `${count(job.itemsReady, 'item')} can be searched${left}.`;
  }
  if (all === 0) return `Reading the feed: ${count(job.rowsTotal, 'row')} so far`;
  return `${formatNumber(ended)} of ${count(all, 'item')} read`;
}
