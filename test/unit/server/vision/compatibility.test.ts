import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dot } from '../../../../server/outfits/pair-scores.ts';
import type { Compatibility } from '../../../../server/vision/contract.ts';
import { readManifest } from '../../../../server/vision/manifest.ts';
import { openCompatible } from '../../../../server/vision/open-models.ts';
import { randomOf, randomUnit } from '../../../helpers/random.ts';

const MODEL_DIR = 'model/weights';
const random = randomOf(4);
const garments = Array.from({ length: 300 }, (_, i) => ({ embedding: randomUnit(random), category: i % 14 }));

let compatibility: Compatibility & { close(): Promise<void> };
beforeAll(async () => {
  compatibility = (await openCompatible({ modelDir: MODEL_DIR }, await readManifest(MODEL_DIR)))!;
});
afterAll(() => compatibility.close());

/** The queries of each garment for the category of the one after it. */
const asks = garments.map(({ embedding, category: source }, i) => ({
  embedding,
  source,
  target: garments[(i + 1) % garments.length]!.category,
}));

describe('the compatibility model', () => {
  it('reads the vectors of the embedder beside it', async () => {
    const { embedder } = await readManifest(MODEL_DIR);
    expect(compatibility.embeddingModel).toBe(embedder.model);
  });

  it('gives each garment its own query, in whatever company', async () => {
    const together = await compatibility.queries(asks);
    expect(together).toHaveLength(300);
    expect(await compatibility.queries([])).toEqual([]);
    for (const i of [0, 7, 255, 256, 299]) {
      const [alone] = await compatibility.queries([asks[i]!]);
      expect(together[i]!.length).toBe(256);
      alone!.forEach((value, d) => {
        expect(together[i]![d]).toBeCloseTo(value, 4);
      });
    }
  });

  it('scores a pair the same from either side', async () => {
    const [a, b] = [garments[1]!, garments[8]!];
    const [ofA, ofB] = await compatibility.queries([
      { embedding: a.embedding, source: a.category, target: b.category },
      { embedding: b.embedding, source: b.category, target: a.category },
    ]);
    const score = dot(ofA!, b.embedding);
    expect(dot(ofB!, a.embedding)).toBeCloseTo(score, 4);
    expect(Math.abs(score)).toBeGreaterThan(1e-4);
  });

  it('has a calibration and counts for each pair of categories', () => {
    const { calibration, looks } = compatibility;
    for (const table of [calibration.scale, calibration.bias, looks!.categoryPairs]) {
      expect(table.map((row) => row.length)).toEqual(Array(14).fill(14));
    }
    expect(looks!.colourPairs.map((row) => row.length)).toEqual(Array(13).fill(13));
  });
});
