/**
 * Throughput when several photos come at once, against the model's sessions alone, one run after the other.
 *
 *   npm run bench -- batch [--photo FILE] [--model DIR] [--rounds N] [--photos N]
 *
 * The kinds take turns; ratios are medians over the turns, by the clock and by the processor time of all cores. Ends
 * with more photos at once than may wait: the rest is told when to come back.
 */
import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { BusyError } from '../../server/errors/errors.ts';
import { openVision } from '../../server/vision/vision.ts';
import { openSessions, timeHere } from './parse.ts';
import type { Took } from './peer.ts';
import { drawPhoto } from './photo.ts';
import { quantile } from './stats.ts';

const CONCURRENCY = [1, 4, 16];
const FLOOD = 64;

export async function batch(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photo: { type: 'string' },
      model: { type: 'string', default: 'model/weights' },
      rounds: { type: 'string', default: '5' },
      photos: { type: 'string', default: '16' },
    },
  });
  const bytes = values.photo === undefined ? await drawPhoto() : await readFile(values.photo);
  const vision = await openVision({ modelDir: values.model });
  const sessions = await openSessions(values.model, bytes, undefined, vision);
  const photos = Number(values.photos);
  const parse = async () => vision.parse(await vision.decode(bytes));
  const kinds: Record<string, () => Promise<unknown>> = {
    'sessions alone': () => atOnce(1, photos, sessions.run),
    'decoding alone': () => atOnce(1, photos, () => vision.decode(bytes)),
  };
  for (const n of CONCURRENCY) kinds[`${n} at once`] = () => atOnce(n, photos, parse);
  const took = new Map<string, Took[]>();
  for (let round = -1; round < Number(values.rounds); round++) {
    for (const [kind, task] of Object.entries(kinds)) {
      const all = await timeHere(task);
      if (round < 0) continue;
      const each = { wall: all.wall / photos, processor: all.processor / photos };
      took.set(kind, [...(took.get(kind) ?? []), each]);
    }
  }

  const { width, height, garments } = sessions;
  console.log(`photo: ${values.photo ?? 'drawn'}, ${width} × ${height}, ${garments} garments`);
  console.log(`${values.rounds} rounds of ${photos} photos\n`);
  const head = ['photos/s', '× alone', 'core ms', '× alone'];
  console.log(`${''.padEnd(18)}${head.map((name) => name.padStart(10)).join('')}`);
  const alone = took.get('sessions alone')!;
  for (const [kind, mine] of took) {
    const walls = mine.map(({ wall }) => wall);
    const cells = [
      1000 / quantile(walls, 0.5),
      quantile(
        mine.map(({ wall }, i) => alone[i]!.wall / wall),
        0.5,
      ),
      quantile(
        mine.map(({ processor }) => processor),
        0.5,
      ),
      quantile(
        mine.map(({ processor }, i) => processor / alone[i]!.processor),
        0.5,
      ),
    ];
    console.log(`${kind.padEnd(18)}${cells.map((value) => value.toFixed(2).padStart(10)).join('')}`);
  }
  await flood(vision, bytes);
  await sessions.close();
  await vision.close();
  console.log(`load ${loadavg()[0]!.toFixed(2)} at the end`);
}

/** Runs the task `count` times, `width` at once. */
async function atOnce(width: number, count: number, task: () => Promise<unknown>): Promise<void> {
  let left = count;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (left-- > 0) await task();
    }),
  );
}

async function flood(vision: Awaited<ReturnType<typeof openVision>>, bytes: Uint8Array): Promise<void> {
  const photo = await vision.decode(bytes);
  const results = await Promise.allSettled(Array.from({ length: FLOOD }, () => vision.parse(photo)));
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  const busy = refused.filter((error): error is BusyError => error instanceof BusyError);
  const seconds = busy.map(({ extensions }) => Number(extensions.retryAfter));
  console.log(
    `\n${FLOOD} parses at once: ${FLOOD - refused.length} done, ${busy.length} told BUSY, ` +
      `to come back after ${Math.min(...seconds)} to ${Math.max(...seconds)} s; ${refused.length - busy.length} failed`,
  );
}
