/**
 * The embeddings of a data set's garments, as the server's own vision makes them: what the retrieval bench multiplies.
 *
 *   npm run bench -- embed DATASET OUT [--train N] [--val N] [--model DIR]
 *
 * DATASET has the COCO format (annotations/train.json, annotations/val.json, images/). OUT is JSON Lines: `split`,
 * `category`, and `embedding`, the 256 single-precision numbers in base64. Images are taken evenly over each split.
 */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openVision } from '../../server/vision/vision.ts';

export async function embed(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      train: { type: 'string', default: '1000' },
      val: { type: 'string', default: '200' },
      model: { type: 'string', default: 'model/weights' },
    },
  });
  const [dataset, out] = positionals;
  if (!dataset || !out) throw new Error('embed DATASET OUT [--train N] [--val N] [--model DIR]');
  const vision = await openVision({ modelDir: values.model });
  await writeFile(out, '');
  for (const [split, count] of [
    ['val', Number(values.val)],
    ['train', Number(values.train)],
  ] as const) {
    const coco = JSON.parse(await readFile(join(dataset, 'annotations', `${split}.json`), 'utf8'));
    const images: { file_name: string }[] = coco.images;
    const step = Math.max(1, images.length / count);
    for (let at = 0; at < images.length; at += step) {
      const bytes = await readFile(join(dataset, 'images', images[Math.floor(at)]!.file_name));
      const garments = await vision.parse(await vision.decode(bytes));
      const lines = garments.map(({ category, embedding }) =>
        JSON.stringify({
          split,
          category,
          embedding: Buffer.from(embedding.buffer, embedding.byteOffset, 1024).toString('base64'),
        }),
      );
      if (lines.length > 0) await appendFile(out, `${lines.join('\n')}\n`);
    }
  }
  await vision.close();
}
