/**
 * How long a photo takes from bytes to garments with embeddings: stage by stage, against the model's sessions alone,
 * against torchvision's Mask R-CNN in PyTorch, and against what the cores could do at best.
 *
 *   npm run bench -- parse [--photo FILE] [--model DIR] [--rounds N] [--threads N] [--alone]
 *
 * Everything takes turns photo by photo, so that the machine's other work falls on all alike; ratios are medians over
 * the turns. Processor time, of all cores together, says more than the clock where the load is high. `--alone` leaves
 * out Python.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cropBatch, embedderFeeds } from '../../server/vision/embedder.ts';
import { resize } from '../../server/vision/image.ts';
import { checkModel, readManifest } from '../../server/vision/manifest.ts';
import { rleDecode } from '../../server/vision/masks/masks.ts';
import { parserFeeds } from '../../server/vision/parser.ts';
import { fitSize, pad } from '../../server/vision/preprocess.ts';
import { defaultThreads, openSession } from '../../server/vision/runtime/session.ts';
import type { Stage } from '../../server/vision/timing.ts';
import { openVision } from '../../server/vision/vision.ts';
import { openPeer, type Peer, type Took } from './peer.ts';
import { drawPhoto } from './photo.ts';
import { quantile } from './stats.ts';

const WARM_UP = 2;
const STAGES: Readonly<Record<Stage, string>> = {
  decode: 'decode, orient, shrink',
  resize: "resize to the parser's input",
  parser: 'parser.onnx',
  masks: 'boxes and masks',
  crops: 'crops',
  embedder: 'embedder.onnx',
  measures: 'run lengths and colours (beside the embedder)',
  attributes: 'attributes.onnx',
};

type Row = 'ours' | 'sessions' | 'equal' | 'default' | 'product';

export async function parse(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photo: { type: 'string' },
      model: { type: 'string', default: 'model/weights' },
      rounds: { type: 'string', default: '9' },
      threads: { type: 'string' },
      alone: { type: 'boolean', default: false },
    },
  });
  const threads = values.threads === undefined ? defaultThreads() : Number(values.threads);
  const bytes = values.photo === undefined ? await drawPhoto() : await readFile(values.photo);
  const stages = new Map<Stage, number[]>();
  const onTiming = (stage: Stage, ms: number) => {
    stages.set(stage, [...(stages.get(stage) ?? []), ms]);
  };
  const vision = await openVision({ modelDir: values.model, threads, onTiming });
  const sessions = await openSessions(values.model, bytes, threads, vision);
  const folder = await mkdtemp(join(tmpdir(), 'armoire-bench-'));
  const file = join(folder, 'photo.jpg');
  await writeFile(file, bytes);
  const peer = values.alone
    ? null
    : await openPeer(file, { model: values.model, crops: sessions.garments, threads });

  const tasks: Partial<Record<Row, () => Promise<Took>>> = {
    ours: () => timeHere(async () => vision.parse(await vision.decode(bytes))),
    sessions: () => timeHere(sessions.run),
  };
  if (peer) for (const task of ['equal', 'default', 'product'] as const) tasks[task] = () => peer.run(task);
  const took = new Map<Row, Took[]>();
  for (let round = -WARM_UP; round < Number(values.rounds); round++) {
    if (round === 0) for (const map of [took, stages]) map.clear();
    for (const [row, task] of Object.entries(tasks) as [Row, () => Promise<Took>][]) {
      // torchvision takes seconds: warmed up once, and its own size measured every third time.
      if (round < -1 && (row === 'equal' || row === 'default')) continue;
      if (row === 'default' && round > 0 && round % 3 !== 0) continue;
      took.set(row, [...(took.get(row) ?? []), await task()]);
    }
  }
  peer?.close();
  await sessions.close();
  await vision.close();
  await rm(folder, { recursive: true });

  const { width, height, garments } = sessions;
  console.log(`photo: ${values.photo ?? 'drawn'}, ${width} × ${height}; garments found: ${garments}`);
  console.log(`model: ${vision.embeddingModel}; ${threads} threads, warm, ${values.rounds} rounds\n`);
  printStages(stages);
  await printComparison(took, peer, values.model);
}

/** The two sessions alone on what this photo gives them. */
export async function openSessions(
  modelDir: string,
  bytes: Uint8Array,
  threads: number | undefined,
  vision: Awaited<ReturnType<typeof openVision>>,
) {
  const manifest = await readManifest(modelDir);
  const parser = await openSession(await checkModel(modelDir, manifest, 'parser'), { threads });
  const embedder = await openSession(await checkModel(modelDir, manifest, 'embedder'), { threads });
  const photo = await vision.decode(bytes);
  const { width, height } = fitSize(photo, manifest.parser.longSide);
  const input = pad(await resize(photo, width, height), manifest.parser.multiple, manifest.parser.padding);
  const pixels = parserFeeds(manifest.parser, input);
  const found = await vision.parse(photo);
  const masks = found.map(({ rle }) => rleDecode(rle, photo.width, photo.height));
  const { side } = manifest.embedder;
  const labels = found.map(({ category }) => category ?? 0);
  const crops = embedderFeeds(manifest.embedder, await cropBatch(photo, masks, side), labels);
  return {
    width: photo.width,
    height: photo.height,
    garments: masks.length,
    run: async () => {
      await parser.run(pixels);
      if (masks.length > 0) await embedder.run(crops);
    },
    close: async () => {
      await parser.close();
      await embedder.close();
    },
  };
}

export async function timeHere(task: () => Promise<unknown>): Promise<Took> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  await task();
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - start, processor: (user + system) / 1000 };
}

function printStages(stages: ReadonlyMap<Stage, number[]>): void {
  console.log(`${'stage'.padEnd(44)}${'median ms'.padStart(10)}${'p95 ms'.padStart(10)}`);
  for (const [stage, label] of Object.entries(STAGES) as [Stage, string][]) {
    const measured = stages.get(stage);
    if (measured) console.log(`${label.padEnd(44)}${cell(measured, 0.5)}${cell(measured, 0.95)}`);
  }
}

async function printComparison(
  took: ReadonlyMap<Row, Took[]>,
  peer: Peer | null,
  model: string,
): Promise<void> {
  const { accuracy } = JSON.parse(await readFile(join(model, 'manifest.json'), 'utf8'));
  const { AP, AP50 } = accuracy?.box?.often ?? {};
  const ap = AP === undefined ? 'AP not measured' : `box AP ${AP.toFixed(3)}, AP50 ${AP50.toFixed(3)}`;
  const labels: Readonly<Record<Row, string>> = {
    ours: 'ours, end to end with embeddings',
    sessions: 'our two sessions alone',
    equal: 'torchvision, at our input size',
    default: 'torchvision, at its own size',
    product: 'product of 1024 × 1024 matrices',
  };
  const head = ['median ms', 'p95 ms', '× ours', 'core ms', '× ours'];
  console.log(`\n${''.padEnd(34)}${head.map((name) => name.padStart(10)).join('')}`);
  for (const [row, label] of Object.entries(labels) as [Row, string][]) {
    const mine = took.get(row);
    if (!mine) continue;
    const wall = mine.map((t) => t.wall);
    const processor = mine.map((t) => t.processor);
    const cells = [cell(wall, 0.5), cell(wall, 0.95), ratio(took, row, 'wall')];
    cells.push(cell(processor, 0.5), ratio(took, row, 'processor'));
    console.log(`${label.padEnd(34)}${cells.join('')}`);
  }
  console.log(`\nours: ${ap} (val, categories with at least 9 garments; the manifest's)`);
  if (!peer) {
    console.log(
      'torchvision and the floor: left out (--alone, or no Python environment: model/run.sh makes it)',
    );
  } else {
    const { parser, embedder, product, torch } = peer.work;
    const rate =
      product /
      quantile(
        took.get('product')!.map((t) => t.processor),
        0.5,
      );
    const floor = (parser + embedder) / rate;
    const ours = quantile(
      took.get('ours')!.map((t) => t.processor),
      0.5,
    );
    const giga = (n: number) => (n / 1e9).toFixed(2);
    console.log(
      'torchvision: maskrcnn_resnet50_fpn, PyTorch ' +
        `${torch}, random weights (AP 0; its mask head rests), decoding not counted`,
    );
    console.log(
      `floor: ${giga(parser)} + ${giga(embedder)} G multiply-adds at the product's ${giga(rate * 1000)} G/s a core: ` +
        `${floor.toFixed(0)} core ms; ours takes ${(ours / floor).toFixed(1)} times that`,
    );
  }
  console.log(`load ${loadavg()[0]!.toFixed(2)} at the end`);
}

const cell = (values: readonly number[], q: number) => quantile(values, q).toFixed(1).padStart(10);

/** The median over the turns of this row's time against ours in the same turn. */
function ratio(took: ReadonlyMap<Row, Took[]>, row: Row, key: keyof Took): string {
  const ours = took.get('ours')!;
  const mine = took.get(row)!;
  // `default` runs every third turn, from the first on.
  const step = mine.length < ours.length ? 3 : 1;
  const ratios = mine.flatMap((t, i) => (ours[i * step] ? [t[key] / ours[i * step]![key]] : []));
  return quantile(ratios, 0.5).toFixed(2).padStart(10);
}
