import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ERRORS_HEADER, errorToCsv } from '../../catalogue/imports/errors-csv.ts';
import type { ImportErrorRow } from '../../catalogue/imports/import-job.sql.ts';
import { nameText } from '../../vocabulary/visible.ts';
import type { ImportClient, ImportStatus } from './client.ts';

const BAR = 30;
export const SHOWN_ERRORS = 20;

/** '[#####-----]  120 of 240 items, 3.1 a second, 39 s left'. The feed may still be being read: then "+". */
export function progressLine(status: ImportStatus, seconds: number): string {
  const ended = status.itemsReady + status.itemsFailed;
  const all = ended + status.itemsPending;
  const filled = all === 0 ? 0 : Math.round((BAR * ended) / all);
  const rate = seconds > 0 ? ended / seconds : 0;
  const left = rate > 0 && status.itemsPending > 0 ? `, ${formatTime(status.itemsPending / rate)} left` : '';
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}]  ${ended} of ${all} items, ${rate.toFixed(1)} a second${left}`;
}

export function formatTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  return whole < 3600 ? `${Math.ceil(whole / 60)} min` : `${(whole / 3600).toFixed(1)} h`;
}

export function summaryLines(status: ImportStatus): string[] {
  return [
    ...(status.failure ? [`The import failed: ${nameText(status.failure)}`] : []),
    ...status.notes.map(nameText),
    `${count(status.rowsTotal, 'row')}: ${status.itemsReady} imported, ${status.rowsUnchanged} unchanged, ` +
      `${status.rowsRejected} rejected, ${status.itemsFailed} failed; ${count(status.warningCount, 'warning')}.`,
  ];
}

/** 1 where nothing came of it, 130 where it was interrupted, else 0. */
export function exitCodeOf(status: ImportStatus): 0 | 1 | 130 {
  if (status.state === 'running' || status.state === 'cancelled') return 130;
  if (status.state === 'failed') return 1;
  return status.itemsReady + status.rowsUnchanged > 0 ? 0 : 1;
}

/** Every error and warning of a job, page by page. */
export async function* allErrors(client: ImportClient, jobId: string): AsyncGenerator<ImportErrorRow> {
  for (let after = 0; ; ) {
    const page = await client.errors(jobId, after);
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    after = last.row;
  }
}

export function errorLine({ row, itemId, severity, code, reason }: ImportErrorRow): string {
  return `  row ${row}${itemId === null ? '' : ` (${nameText(itemId)})`}: ${severity}: ${code}: ${nameText(reason)}`;
}

/** All errors and warnings as CSV. Returns their number. */
export async function writeErrors(errors: AsyncIterable<ImportErrorRow>, path: string): Promise<number> {
  let written = 0;
  async function* lines(): AsyncGenerator<string> {
    yield ERRORS_HEADER;
    for await (const error of errors) {
      yield errorToCsv(error);
      written += 1;
    }
  }
  const file = createWriteStream(path);
  let failure: Error | undefined;
  file.once('error', (error) => {
    failure = error;
  });
  await pipeline(lines, file).catch((cause: Error) => {
    if (cause !== failure) throw cause;
    throw new Error(`The errors cannot be written to ${path}: ${cause.message}`, { cause });
  });
  return written;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
