/**
 * How fast feeds are read in each form, and in how much memory.
 *
 *   npm run bench -- feeds [--rows N] [--rounds N]
 *
 * Each form is read in a process of its own, to rows that are checked but not stored. `MiB over idle` is the kernel's
 * record of its memory (VmHWM) less what it held before. Ends with code 1 where a form takes more than 100 MiB, or where
 * XML or gzip is read at less than 80 % of CSV's speed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { readFeed } from '../../server/catalogue/feed/read.ts';
import { openStaged, stageSource } from '../../server/catalogue/staging/staging.ts';
import { openFolderStore } from '../../server/store/folder-store.ts';

const MOST_MIB = 100;
const LEAST_SHARE = 0.8;
/** The forms that are held to the limits; the others are shown. */
const HELD = ['csv', 'csv.gz', 'xml', 'xml.gz'];

interface Reading {
  readonly rows: number;
  readonly perSecond: number;
  readonly mib: number;
}

export async function feedsBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { rows: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
  });
  const [rows, rounds] = [Number(values.rows), Number(values.rounds)];
  const folder = await mkdtemp(join(tmpdir(), 'armoire-bench-'));
  try {
    await writeFeeds(folder, rows);
    const forms = [...HELD, 'json', 'jsonl'];
    const readings = new Map<string, Reading[]>(forms.map((form) => [form, []]));
    for (let round = 0; round < rounds; round++) {
      // In turns, so that a busy machine slows all of them.
      for (const form of forms) readings.get(form)!.push(await readInChild(join(folder, `feed.${form}`)));
    }
    report(readings, rows);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function report(readings: ReadonlyMap<string, Reading[]>, rows: number): void {
  // The best round: what else the machine does only ever slows a reading.
  const rate = (form: string) => Math.max(...readings.get(form)!.map(({ perSecond }) => perSecond));
  console.log('form      rows a second   of CSV   MiB over idle');
  for (const [form, all] of readings) {
    const share = rate(form) / rate('csv');
    const mib = Math.max(...all.map((reading) => reading.mib));
    const isGood = mib <= MOST_MIB && share >= LEAST_SHARE && all.every((reading) => reading.rows === rows);
    const verdict = !HELD.includes(form) ? '' : isGood ? '  good' : '  NOT GOOD';
    console.log(
      `${form.padEnd(8)}${rate(form).toFixed(0).padStart(15)}${`${(100 * share).toFixed(0)} %`.padStart(9)}` +
        `${mib.toFixed(0).padStart(16)}${verdict}`,
    );
    if (HELD.includes(form) && !isGood) process.exitCode = 1;
  }
}

async function readInChild(path: string): Promise<Reading> {
  const child = fork(fileURLToPath(import.meta.url), ['--child', path], { execArgv: ['--import', 'tsx'] });
  let reading: Reading | undefined;
  child.on('message', (message: Reading) => {
    reading = message;
  });
  const [code] = await once(child, 'exit');
  if (!reading) throw new Error(`${path} was not read: the process ended with code ${code}.`);
  return reading;
}

async function readOne(path: string): Promise<Reading> {
  const folder = await mkdtemp(join(tmpdir(), 'armoire-bench-'));
  const store = openFolderStore(folder);
  await stageSource(store, 'job', { kind: 'file', path });
  const idle = mib('VmRSS');
  const start = performance.now();
  const files = await openStaged(store, 'job');
  let rows = 0;
  for await (const read of readFeed(files)) if ('row' in read) rows += 1;
  const seconds = (performance.now() - start) / 1000;
  await files.close();
  await rm(folder, { recursive: true });
  return { rows, perSecond: rows / seconds, mib: mib('VmHWM') - idle };
}

function mib(name: 'VmRSS' | 'VmHWM'): number {
  const found = new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(found?.[1]) / 1024;
}

const COLUMNS = [
  'id',
  'title',
  'description',
  'link',
  'image_link',
  'additional_image_link',
  'price',
  'availability',
  'brand',
  'color',
  'size',
  'item_group_id',
  'google_product_category',
  'product_type',
];

function rowOf(i: number): string[] {
  return [
    `item-${i}`,
    `Plissierter Rock, grün, Modell ${i % 700}`,
    `Ein Rock aus Baumwolle & Leinen, "knitterfrei" und weit geschnitten. Länge ${i % 90} cm; Farbe wie abgebildet.`,
    `https://shop.example/items/${i}`,
    `https://images.example/w_800,h_600/${i}.jpg`,
    `https://images.example/w_800,h_600/${i}-back.jpg`,
    `${(i % 90) + 10}.90 EUR`,
    'in_stock',
    'Müller & Söhne',
    'grün',
    String(34 + (i % 6) * 2),
    `group-${i >> 2}`,
    'Apparel & Accessories > Clothing > Skirts',
    'Damen > Röcke',
  ];
}

async function writeFeeds(folder: string, rows: number): Promise<void> {
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/>/g, '&gt;');
  const quoted = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const element = (text: string, c: number) => `<g:${COLUMNS[c]}>${escaped(text)}</g:${COLUMNS[c]}>`;
  const object = (cells: string[]) =>
    JSON.stringify(Object.fromEntries(cells.map((text, c) => [COLUMNS[c], text])));
  const writers: Record<string, [head: string, row: (cells: string[], i: number) => string, end: string]> = {
    csv: [`${COLUMNS.join(',')}\n`, (cells) => `${cells.map(quoted).join(',')}\n`, ''],
    xml: [
      '<rss xmlns:g="http://base.google.com/ns/1.0"><channel>',
      (cells) => `<item>${cells.map(element).join('\n')}</item>\n`,
      '</channel></rss>',
    ],
    json: ['[', (cells, i) => `${i > 0 ? ',' : ''}${object(cells)}`, ']'],
    jsonl: ['', (cells) => `${object(cells)}\n`, ''],
  };
  for (const [form, [head, row, end]] of Object.entries(writers)) {
    const path = join(folder, `feed.${form}`);
    const text = function* () {
      yield head;
      for (let i = 0; i < rows; i++) yield row(rowOf(i), i);
      yield end;
    };
    await pipeline(Readable.from(text()), createWriteStream(path));
    if (HELD.includes(`${form}.gz`)) {
      await pipeline(createReadStream(path), createGzip(), createWriteStream(`${path}.gz`));
    }
  }
}

if (process.argv[2] === '--child')
  process.send?.(await readOne(process.argv[3]!), () => process.disconnect());
