/** `npm run import -- FOLDER|FEED`: see USAGE in import/args.ts. */
import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '../config.ts';
import { visible } from '../vocabulary/visible.ts';
import { type ImportArgs, readArgs, USAGE, UsageError } from './import/args.ts';
import { type ImportClient, type ImportStatus, ServerGoneError } from './import/client.ts';
import { openLocalClient } from './import/local.ts';
import { openRemoteClient } from './import/remote.ts';
import {
  allErrors,
  errorLine,
  exitCodeOf,
  progressLine,
  SHOWN_ERRORS,
  summaryLines,
  writeErrors,
} from './import/report.ts';
import { findServer } from './server.ts';

const POLL_MS = 500;
/** As of a process that was interrupted. */
const INTERRUPTED = 130;

async function main(): Promise<number> {
  const args = await readArgs(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  const client = await openClient();
  try {
    const jobId = await client.start(args);
    return await report(client, jobId, args).catch((error: unknown) => {
      if (!(error instanceof ServerGoneError)) throw error;
      console.error('\nThe server has stopped. The import continues when the server starts again.');
      return INTERRUPTED;
    });
  } finally {
    await client.close();
  }
}

async function report(client: ImportClient, jobId: string, args: ImportArgs): Promise<number> {
  const status = await follow(client, jobId);
  for (const line of summaryLines(status)) console.log(line);
  await reportErrors(client, jobId, args);
  return exitCodeOf(status);
}

async function openClient(): Promise<ImportClient> {
  const config = loadConfig();
  const server = await findServer(config);
  if (server) {
    console.log('Armoire is running. Handing the feed to it.');
    return openRemoteClient(server);
  }
  console.log('Opening the database …');
  return openLocalClient(config);
}

/** Shows how far the job is until it ends. An interrupt leaves what is done done, and the rest to the next start. */
async function follow(client: ImportClient, jobId: string): Promise<ImportStatus> {
  const started = Date.now();
  let interrupted = false;
  process.once('SIGINT', () => {
    interrupted = true;
  });
  for (;;) {
    const status = await client.status(jobId);
    show(progressLine(status, (Date.now() - started) / 1000), status.state !== 'running');
    if (status.state !== 'running' && (status.itemsPending === 0 || status.state === 'done')) return status;
    if (interrupted) {
      console.log('\nStopped. The import continues when the server or this command starts again.');
      return status;
    }
    await pause(POLL_MS);
  }
}

let lastShown = 0;
function show(line: string, last: boolean): void {
  if (process.stdout.isTTY) {
    process.stdout.write(`\r${line.padEnd(78)}${last ? '\n' : ''}`);
  } else if (last || Date.now() - lastShown > 10_000) {
    // A log file wants a line now and then.
    console.log(line);
    lastShown = Date.now();
  }
}

async function reportErrors(client: ImportClient, jobId: string, { errorsFile }: ImportArgs): Promise<void> {
  let shown = 0;
  for await (const error of allErrors(client, jobId)) {
    if (shown === SHOWN_ERRORS) {
      console.log('  … and more: --errors FILE writes them all.');
      break;
    }
    console.log(errorLine(error));
    shown += 1;
  }
  if (errorsFile === undefined) return;
  const written = await writeErrors(allErrors(client, jobId), errorsFile);
  console.log(
    `${written} ${written === 1 ? 'error or warning is' : 'errors and warnings are'} listed in ${errorsFile}.`,
  );
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? visible(error.message) : error);
  if (error instanceof UsageError) console.error(`\n${USAGE}`);
  return error instanceof UsageError ? 2 : 1;
});
