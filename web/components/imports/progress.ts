import type { Tone } from '@/components/ui/badge.tsx';
import type { ImportJob } from '@/lib/api/imports.ts';
import { count, formatNumber, formatWait } from '@/lib/format.ts';
import { isRunning } from './use-import.ts';

const STATES: Record<ImportJob['state'], { name: string; tone: Tone }> = {
  RUNNING: { name: 'Running', tone: 'plain' },
  DONE: { name: 'Done', tone: 'good' },
  FAILED: { name: 'Failed', tone: 'warn' },
  CANCELLED: { name: 'Cancelled', tone: 'soft' },
};

/** The import's state in a word. For one that has ended, it depends on what was imported. */
export function stateOf(job: ImportJob): { name: string; tone: Tone } {
  const broken = leftOut(job);
  if (job.state !== 'DONE' || broken === 0) return STATES[job.state];
  const good = job.itemsReady + job.rowsUnchanged;
  return { name: good === 0 ? 'Nothing imported' : 'Done, some left out', tone: 'warn' };
}

/** The share of the import that is done, 0 to 1; null while the feed is still being read. */
export function shareOf({ percentage }: ImportJob): number | null {
  return percentage == null ? null : percentage / 100;
}

export function leftOut({ rowsRejected, itemsFailed }: ImportJob): number {
  return rowsRejected + itemsFailed;
}

/** The import's progress in a sentence. */
export function sentenceOf(job: ImportJob): string {
  return isRunning(job) ? goingOn(job) : outcome(job);
}

function goingOn({
  itemsReady,
  itemsFailed,
  itemsPending,
  percentage,
  rowsTotal,
  ...job
}: ImportJob): string {
  if (percentage == null) {
    if (job.kind === 'SLOTS') return 'Finding the items that the slots concern';
    if (job.kind === 'IMAGES') return 'Finding the items whose pictures have an address';
    return `Reading the feed: ${count(rowsTotal, 'row')} so far`;
  }
  const isImages = job.kind === 'IMAGES';
  const ended = itemsReady + itemsFailed + (isImages ? job.rowsUnchanged : 0);
  return [
    `${formatNumber(ended)} of ${count(ended + itemsPending, 'item')} ${isImages ? 'looked at' : 'read'}`,
    job.itemsPerSecond > 0 && `${formatNumber(job.itemsPerSecond, 1)} a second`,
    job.secondsLeft != null && `${formatWait(job.secondsLeft)} left`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function outcome(job: ImportJob): string {
  const broken = leftOut(job);
  const left = broken > 0 ? `; ${count(broken, job.kind === 'FEED' ? 'row' : 'item')} could not be used` : '';
  if (job.kind === 'SLOTS' && job.state === 'DONE') {
    return `${count(job.itemsReady, 'item')} looked at again${left}.`;
  }
  if (job.kind === 'IMAGES' && job.state !== 'FAILED') return imagesOutcome(job);
  if (job.state === 'FAILED') return 'Nothing more of this feed will be read.';
  if (job.state === 'CANCELLED') {
    return `Cancelled: ${count(job.itemsReady, 'item')} had been read and stay in the catalogue${left}.`;
  }
  if (job.itemsReady === 0 && job.rowsUnchanged > 0) {
    return `Every usable row is as it was at the last import${left}.`;
  }
  const warned = job.warningCount > 0 ? `, with ${count(job.warningCount, 'warning')}` : '';
  return `${count(job.itemsReady, 'item')} can be searched${left}${warned}.`;
}

/** For pictures that were asked for again. */
function imagesOutcome({ state, itemsReady, rowsUnchanged, warningCount }: ImportJob): string {
  const found = `${count(itemsReady, 'item')} with new pictures, ${formatNumber(rowsUnchanged)} as before`;
  const warned = warningCount > 0 ? `, ${count(warningCount, 'warning')}` : '';
  return state === 'CANCELLED' ? `Cancelled: ${found}${warned} until then.` : `${found}${warned}.`;
}
