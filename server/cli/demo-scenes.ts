import { parseArgs } from 'node:util';
import { writeDataset } from '../demo/drawing/index.ts';
import { writeShippedScenes } from '../demo/shipped.ts';

const USAGE = `npm run demo:scenes -- --count N --seed S --out DIR [--items M]   drawings as a COCO dataset
npm run demo:scenes -- --shipped                                    the example scenes on the start page`;

/** A whole number from the command line, or an error that says what was wrong with it. */
function whole(name: string, text: string | undefined, most: number): number {
  const value = Number(text);
  if (text === undefined || !Number.isInteger(value) || value < 0 || value > most)
    throw new RangeError(`--${name} takes a whole number from 0 to ${most}, not ${text ?? 'nothing'}`);
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string' },
      items: { type: 'string', default: '0' },
      seed: { type: 'string', default: '5000' },
      out: { type: 'string' },
      shipped: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  if (values.shipped) return console.log(`${await writeShippedScenes()} scenes written`);
  if (!values.out) throw new RangeError('--out DIR is missing');
  const started = Date.now();
  const result = await writeDataset({
    scenes: whole('count', values.count, 99_999),
    items: whole('items', values.items, 99_999),
    seed: whole('seed', values.seed, 2 ** 31),
    folder: values.out,
    onProgress: (done, total) => {
      if (done % 100 === 0)
        console.log(`${done} of ${total}, ${Math.round((Date.now() - started) / done)} ms a picture`);
    },
  });
  console.log(`${result.images} images with ${result.annotations} garments written to ${values.out}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 1;
});
