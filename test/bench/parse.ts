/**
 * How long a photo takes from bytes to garments with embeddings, stage by stage.
 *
 *   npm run bench -- parse [--photo FILE] [--model DIR] [--rounds N] [--threads N]
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ingestImage } from '../../server/vision/ingest.ts';
import type { Stage } from '../../server/vision/timing.ts';
import { openVision } from '../../server/vision/vision.ts';
import { drawPhoto } from './photo.ts';
import { quantile } from './stats.ts';

const WARM_UP = 3;
const STAGES: Readonly<Record<Stage | 'parse' | 'ingest', string>> = {
  decode: 'decode, orient, shrink',
  resize: "resize to the parser's input",
  parser: 'parser.onnx',
  masks: 'boxes and masks',
  crops: 'crops',
  embedder: 'embedder.onnx',
  rle: 'run lengths',
  parse: 'decode + parse + embed',
  ingest: 'the same + WebP for the store',
};

export async function parse(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photo: { type: 'string' },
      model: { type: 'string', default: 'model/weights' },
      rounds: { type: 'string', default: '15' },
      threads: { type: 'string' },
    },
  });
  const bytes = values.photo === undefined ? await drawPhoto() : await readFile(values.photo);
  const times = new Map<string, number[]>();
  const note = (stage: string, ms: number) => {
    times.set(stage, [...(times.get(stage) ?? []), ms]);
  };
  const vision = await openVision({
    modelDir: values.model,
    threads: values.threads === undefined ? undefined : Number(values.threads),
    onTiming: note,
  });
  const measure = async <T>(stage: string, task: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await task();
    note(stage, performance.now() - start);
    return result;
  };
  const photo = await vision.decode(bytes);
  let garments = 0;
  for (let round = -WARM_UP; round < Number(values.rounds); round++) {
    if (round === 0) times.clear();
    garments = (await measure('parse', async () => vision.parse(await vision.decode(bytes)))).length;
  }
  const images = { put: async () => '' };
  // Measured apart, and its stages left out: encoding runs beside them.
  const stages = new Map(times);
  for (let round = 0; round < Number(values.rounds); round++) {
    await measure('ingest', () => ingestImage({ vision, images }, bytes));
  }
  stages.set('ingest', times.get('ingest') ?? []);
  await vision.close();

  console.log(
    `photo: ${values.photo ?? 'drawn'}, ${photo.width} × ${photo.height}; garments found: ${garments}`,
  );
  console.log(`model: ${vision.embeddingModel}; warm, ${values.rounds} rounds\n`);
  console.log(`${'stage'.padEnd(32)}${'median ms'.padStart(10)}${'p95 ms'.padStart(10)}`);
  for (const [stage, label] of Object.entries(STAGES)) {
    const measured = stages.get(stage) ?? [];
    if (measured.length === 0) continue;
    const [median, p95] = [0.5, 0.95].map((q) => quantile(measured, q).toFixed(1).padStart(10));
    console.log(`${label.padEnd(32)}${median}${p95}`);
  }
}
