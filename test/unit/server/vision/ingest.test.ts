import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Image, ParsedGarment, Vision } from '../../../../server/vision/contract.ts';
import { toSpace } from '../../../../server/vision/embedding-space.ts';
import { decode } from '../../../../server/vision/image.ts';
import { bytesOf } from '../../../../server/vision/image-file.ts';
import { ingestImage } from '../../../../server/vision/ingest.ts';

const shirt: ParsedGarment = {
  category: 1,
  score: 0.9,
  box: [0, 0, 10, 10],
  rle: '',
  area: 100,
  whole: false,
  colour: null,
  embedding: new Float32Array(256),
};

function makeDeps(parse: (image: Image) => Promise<ParsedGarment[]>) {
  const stored: Buffer[] = [];
  const vision: Vision = {
    serving: { provider: 'cpu', passedOver: [] },
    embeddingModel: 'none',
    embedding: toSpace('none', {}),
    decode: async (file) => decode(await bytesOf(file)),
    parse,
    parseRegion: async () => shirt,
    embedWhole: async () => ({ ...shirt, category: null, whole: true }),
    close: async () => {},
  };
  const images = {
    async put(bytes: Buffer) {
      stored.push(bytes);
      return 'name';
    },
  };
  return { deps: { vision, images }, stored };
}

const photo = () =>
  sharp({ create: { width: 2000, height: 1000, channels: 3, background: '#406080' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

describe('ingestImage', () => {
  it('parses and stores the same upright pixels, of a long photo as many as of another', async () => {
    const parsed: Image[] = [];
    const { deps, stored } = makeDeps(async (image) => {
      parsed.push(image);
      return [shirt];
    });
    const result = await ingestImage(deps, await photo());
    expect(result).toEqual({ sha256: 'name', width: 980, height: 1960, garments: [shirt] });
    expect(parsed[0]).toMatchObject({ width: 980, height: 1960 });
    expect(await sharp(stored[0]).metadata()).toMatchObject({ format: 'webp', width: 980, height: 1960 });
  });

  it('gives an empty list where there is no garment', async () => {
    const { deps } = makeDeps(async () => []);
    expect((await ingestImage(deps, await photo())).garments).toEqual([]);
  });

  it('stores nothing where the image or its parsing fails', async () => {
    const { deps, stored } = makeDeps(() => Promise.reject(new Error('busy')));
    await expect(ingestImage(deps, await photo())).rejects.toThrow('busy');
    await expect(ingestImage(deps, Buffer.from('text'))).rejects.toMatchObject({ code: 'NOT_AN_IMAGE' });
    expect(stored).toEqual([]);
  });
});
