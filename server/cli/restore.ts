/** `npm run restore -- FOLDER`: see USAGE. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restore } from '../backup/restore.ts';
import { loadConfig } from '../config.ts';
import { explainDisk, isDiskFull } from '../db/disk.ts';

const USAGE = `npm run restore -- FOLDER [--overwrite]

Restores the backup in FOLDER to DATA_DIR and, if DATABASE_URL is set, to that database. Stop the servers first. A target
that is not empty is refused, unless --overwrite allows its contents to be replaced.`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { overwrite: { type: 'boolean', default: false } },
  });
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), name);
  const config = loadConfig();
  const { shops, items } = await restore(config, folder, values).catch((error: unknown) => {
    throw isDiskFull(error) ? explainDisk(error, config.dataDir) : error;
  });
  console.log(`Restored ${items} items of ${shops} ${shops === 1 ? 'shop' : 'shops'} to ${config.dataDir}.`);
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) console.error(cause.message);
  return 1;
});
