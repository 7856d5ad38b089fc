import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isFeedName } from '../../catalogue/feed/files.ts';
import type { FeedModeName } from '../../catalogue/imports/import-job.sql.ts';
import type { Source } from '../../catalogue/staging/staging.ts';

export const USAGE = `Usage: npm run import -- FOLDER|FEED [--name NAME] [--errors FILE] [--replace [--force]]

  FOLDER         a folder with one feed (CSV, XML, JSON or an Excel sheet) and its images, or with images only: each becomes an item
  FEED           a feed whose images are beside it or on the web, or a zip of a feed and its images
  --name NAME    name of the import; by default the file name
  --errors FILE  writes every error and warning to FILE, as CSV
  --replace      deletes the shop's items that the feed does not list
  --force        allows --replace to delete more than half of the shop's items`;

/** What was typed cannot be understood: shown with the usage, exit code 2. */
export class UsageError extends Error {}

export interface ImportArgs {
  readonly name: string;
  readonly source: Source;
  readonly errorsFile: string | undefined;
  readonly mode: FeedModeName;
  readonly force: boolean;
}

/** Paths are meant from the folder in which the command was typed. Throws UsageError. */
export async function readArgs(argv: readonly string[], from: string): Promise<ImportArgs> {
  const { values, positionals } = parse(argv);
  const [given, ...more] = positionals;
  if (given === undefined) throw new UsageError('Give a folder or a feed.');
  if (more.length > 0) throw new UsageError('Give one folder or feed at a time.');
  if (values.force && !values.replace) throw new UsageError('--force only works together with --replace.');
  const path = resolve(from, given);
  const found = await stat(path).catch(() => null);
  if (!found) throw new UsageError(`${path} does not exist.`);
  return {
    name: values.name ?? basename(path),
    source: found.isDirectory() ? { kind: 'folder', path } : fileSource(path),
    errorsFile: values.errors === undefined ? undefined : resolve(from, values.errors),
    mode: values.replace ? 'replace' : 'upsert',
    force: values.force ?? false,
  };
}

function parse(argv: readonly string[]) {
  try {
    const options = {
      name: { type: 'string' },
      errors: { type: 'string' },
      replace: { type: 'boolean' },
      force: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function fileSource(path: string): Source {
  return isFeedName(path)
    ? { kind: 'folder', path: dirname(path), feed: basename(path) }
    : { kind: 'file', path };
}
