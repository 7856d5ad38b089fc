/**
 * What the serving process holds, from its first start on: `npm start`'s own command, with the pages, the model and the
 * embedded database (or the empty PostgreSQL that `--database` names), while the demo shop is imported and searched.
 *
 *   npm run bench -- memory [--photo FILE] [--photos N] [--items N] [--model DIR] [--database URL]
 *
 * `most` is the kernel's own record (VmHWM) of the serving process; `with others` the most that it and the processes it
 * started held together, looked at ten times a second. Ends with code 1 where either is over 1 GiB.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drawPhoto } from './photo.ts';
import { end, itemsIn, send, start, until, watchServer } from './serving.ts';

const PAGES = ['/', '/items', '/manage'];
const READY_SECONDS = 180;
const IMPORT_SECONDS = 900;
const LIMIT_MIB = 1024;

interface Setting {
  readonly photo: Uint8Array;
  readonly photos: number;
  readonly items: number;
  readonly model: string;
  readonly dataDir: string;
  readonly database: string;
}

export async function memory(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photo: { type: 'string' },
      photos: { type: 'string', default: '24' },
      items: { type: 'string', default: '220' },
      model: { type: 'string', default: 'model/weights' },
      database: { type: 'string', default: '' },
    },
  });
  if (!existsSync('/proc/self/status')) throw new Error('This bench reads /proc, which is not here.');
  if (!existsSync('web/.next/BUILD_ID'))
    console.log('The pages are not built (npm start does it): without them.');
  const setting: Setting = {
    photo: values.photo === undefined ? await drawPhoto() : await readFile(values.photo),
    photos: Number(values.photos),
    items: Number(values.items),
    model: values.model,
    dataDir: await mkdtemp(join(tmpdir(), 'armoire-bench-')),
    database: values.database,
  };
  try {
    const database = setting.database ? 'PostgreSQL' : 'embedded database';
    console.log(`MiB of the serving process (${database})\n`);
    console.log(
      `${''.padEnd(44)}${['now', 'most', 'with others'].map((name) => name.padStart(12)).join('')}`,
    );
    const most = Math.max(await serve('first start', setting), await serve('second start', setting));
    console.log(`\nat most ${most.toFixed(0)} MiB of ${LIMIT_MIB}`);
    if (most > LIMIT_MIB) process.exitCode = 1;
  } finally {
    await rm(setting.dataDir, { recursive: true, force: true });
  }
}

/** One start, from nothing to the last photo; the most it held. */
async function serve(name: string, setting: Setting): Promise<number> {
  const port = 20_000 + (process.pid % 20_000);
  const url = `http://127.0.0.1:${port}`;
  const pages = existsSync('web/.next/BUILD_ID');
  const started = start({ ...setting, port, pages });
  const watch = watchServer(setting.dataDir);
  const say = (what: string) => console.log(`${`${name}, ${what}`.padEnd(44)}${watch.cells()}`);
  try {
    await until(READY_SECONDS, async () => (await fetch(`${url}/healthz`).catch(() => null))?.ok);
    say('ready');
    if (pages) for (const page of PAGES) await (await fetch(`${url}${page}`)).text();
    await until(IMPORT_SECONDS, async () => (await itemsIn(url)) >= setting.items);
    say(`shop of ${setting.items} items`);
    let left = setting.photos;
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        while (left-- > 0) await send(`${url}/graphql`, setting.photo);
      }),
    );
    say(`${setting.photos} photos, four at a time`);
    return watch.most();
  } finally {
    watch.end();
    await end(started, watch.pid());
  }
}
