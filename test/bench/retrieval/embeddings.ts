/** What the bench's vectors are made from: real embeddings of garments, some held out to search with. */
import { readFile } from 'node:fs/promises';
import { drawDemoFeed } from '../../../server/demo/feed.ts';
import { openVision } from '../../../server/vision/vision.ts';

export interface Embedding {
  readonly category: number;
  /** Float32Array [256], unit length. */
  readonly vector: Float32Array;
}

export interface Embeddings {
  /** Said in the report. */
  readonly source: string;
  readonly train: readonly Embedding[];
  /** Of pictures that none of the catalogue's vectors comes from. */
  readonly queries: readonly Embedding[];
}

/** The file that `npm run bench -- embed` wrote. */
export async function readEmbeddings(file: string): Promise<Embeddings> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const all = lines.map((line) => JSON.parse(line) as { split: string; category: number; embedding: string });
  const ofSplit = (split: string) =>
    all
      .filter((one) => one.split === split)
      .map(({ category, embedding }) => {
        const bytes = Buffer.from(embedding, 'base64');
        return { category, vector: new Float32Array(new Uint8Array(bytes).buffer) };
      });
  return { source: file, train: ofSplit('train'), queries: ofSplit('val') };
}

const DRAWN = 300;
const HELD_OUT = 60;

/** Where no data set is at hand: of the project's own drawings. */
export async function embedDrawings(): Promise<Embeddings> {
  const vision = await openVision({ modelDir: 'model/weights' });
  const all: Embedding[] = [];
  for await (const { image } of drawDemoFeed({ seed: 77, count: DRAWN })) {
    for (const { category, embedding } of await vision.parse(await vision.decode(image)))
      all.push({ category: category ?? 1, vector: embedding });
  }
  await vision.close();
  return {
    source: `${DRAWN} drawings of the project's own: no --embeddings was given`,
    train: all.slice(HELD_OUT),
    queries: all.slice(0, HELD_OUT),
  };
}
