import { describe, expect, it } from 'vitest';
import { cropBatch, embedGarments } from '../../../../server/vision/embedder.ts';
import { fullMask } from '../../../../server/vision/masks/masks.ts';
import type { Session } from '../../../../server/vision/runtime/session.ts';
import type { CategoryId } from '../../../../server/vocabulary/taxonomy.ts';

const SETTINGS = {
  file: '',
  sha256: '',
  bytes: 1,
  inputs: [],
  outputs: [],
  side: 8,
  size: 256,
  model: 'm',
};
const unit = (count: number) => new Float32Array(count * 256).map((_, i) => (i % 256 === 0 ? 1 : 0));
const garments = (count: number, category: CategoryId | null = null) =>
  Array.from({ length: count }, () => ({ mask: fullMask(40, 30), category }));
const image = { width: 40, height: 30, data: new Uint8Array(40 * 30 * 3).fill(90) };

describe('cropBatch', () => {
  it('cuts each garment at the bounds of its mask, centred and scaled to fill the crop', async () => {
    // A mask 10 wide and 20 high, whatever box the parser drew around it.
    const mask = { width: 40, height: 30, data: new Uint8Array(40 * 30) };
    for (let y = 5; y < 25; y++) mask.data.fill(1, y * 40 + 12, y * 40 + 22);
    const crops = await cropBatch(image, [fullMask(40, 30), mask], 16);
    const alpha = (crop: number, x: number, y: number) => crops[(crop * 256 + y * 16 + x) * 4 + 3];
    // 40 × 30 becomes 16 × 12: two clear rows above and below.
    expect([alpha(0, 0, 1), alpha(0, 0, 2), alpha(0, 15, 13), alpha(0, 0, 14)]).toEqual([0, 255, 255, 0]);
    // 10 × 20 becomes 8 × 16: four clear columns left and right.
    expect([alpha(1, 3, 0), alpha(1, 4, 0), alpha(1, 11, 15), alpha(1, 12, 0)]).toEqual([0, 255, 255, 0]);
    expect([...crops.subarray((256 + 4) * 4, (256 + 4) * 4 + 4)]).toEqual([90, 90, 90, 255]);
  });
});

describe('embedGarments', () => {
  it.each<[string, (count: number) => Float32Array]>([
    ['fewer vectors than crops', (count) => unit(count - 1)],
    ['numbers that are none', (count) => unit(count).fill(Number.NaN)],
    ['vectors of length 0', (count) => new Float32Array(count * 256)],
    ['vectors that are too long', (count) => unit(count).map((value) => value * 1e30)],
  ])('takes no %s', async (_, embeddings) => {
    const session: Session = {
      inputs: [],
      outputs: [],
      run: async ({ crops }) => ({ embeddings: embeddings(crops!.shape[0]!) }),
      close: async () => {},
    };
    await expect(embedGarments(session, SETTINGS, image, garments(2))).rejects.toThrow('output embeddings');
  });

  it('runs all crops of an image in one batch, at most 8, and keeps their order', async () => {
    const batches: number[] = [];
    let next = 0;
    const session: Session = {
      inputs: [],
      outputs: [],
      async run({ crops }) {
        const count = crops!.shape[0]!;
        batches.push(count);
        const embeddings = new Float32Array(count * 256);
        // As many directions as crops.
        for (let i = 0; i < count; i++) embeddings[i * 256 + next++] = 1;
        return { embeddings };
      },
      close: async () => {},
    };
    const embedded = await embedGarments(session, SETTINGS, image, garments(19));
    expect(batches).toEqual([8, 8, 3]);
    expect(embedded.map(({ embedding }) => embedding.indexOf(1))).toEqual(garments(19).map((_, i) => i));
    expect(embedded.every(({ embedding }) => embedding.length === 256)).toBe(true);
    expect(embedded.every(({ colour }) => colour === null)).toBe(true);
    expect(await embedGarments(session, SETTINGS, image, [])).toEqual([]);
  });

  it('gives with each vector the crop that the model read', async () => {
    const given: Uint8Array[] = [];
    const session: Session = {
      inputs: [],
      outputs: [],
      async run({ crops }) {
        const count = crops!.shape[0]!;
        for (let i = 0; i < count; i++) given.push(crops!.data.slice(i * 256, (i + 1) * 256));
        return { embeddings: unit(count) };
      },
      close: async () => {},
    };
    const drawn = { ...image, data: image.data.map((_, i) => i % 251) };
    const masked = Array.from({ length: 10 }, (_, i) => {
      const mask = { width: 40, height: 30, data: new Uint8Array(40 * 30) };
      for (let y = i; y < 30 - i; y++) mask.data.fill(1, y * 40 + 2 * i, y * 40 + 30);
      return { mask, category: null };
    });
    const embedded = await embedGarments(session, SETTINGS, drawn, masked);
    expect(embedded.map(({ crop }) => [...crop])).toEqual(given.map((crop) => [...crop]));
    for (const [i, { mask }] of masked.entries()) {
      expect([...embedded[i]!.crop]).toEqual([...(await cropBatch(drawn, [mask], 8))]);
    }
  });

  it('tells a model that takes labels what each garment is', async () => {
    const seen: (Uint8Array | undefined)[] = [];
    const session: Session = {
      inputs: [],
      outputs: [],
      async run({ crops, labels }) {
        seen.push(labels?.data);
        return { embeddings: unit(crops!.shape[0]!) };
      },
      close: async () => {},
    };
    const labelled = { ...SETTINGS, inputs: [{ name: 'labels', shape: ['B'], type: 'uint8' }] };
    await embedGarments(session, labelled, image, [...garments(1, 8), ...garments(1)]);
    await embedGarments(session, SETTINGS, image, garments(1, 8));
    expect(seen).toEqual([Uint8Array.of(8, 0), undefined]);
  });

  it('names the likeliest colour where the model tells colours', async () => {
    const session: Session = {
      inputs: [],
      outputs: [],
      async run({ crops }) {
        const count = crops!.shape[0]!;
        const colours = new Float32Array(count * 13).fill(0.01);
        for (let i = 0; i < count; i++) colours[i * 13 + 9 + (i % 2)] = 0.8;
        return { embeddings: unit(count), colours };
      },
      close: async () => {},
    };
    const embedded = await embedGarments(session, SETTINGS, image, garments(18));
    expect(embedded.slice(0, 3).map(({ colour }) => colour)).toEqual(['blue', 'navy', 'blue']);
    expect(embedded.at(-1)!.colour).toBe('navy');
  });
});
