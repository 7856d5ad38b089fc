import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rleDecode } from '../../../../server/vision/masks/masks.ts';
import { openVision } from '../../../../server/vision/vision.ts';
import { drawPhoto } from '../../../bench/photo.ts';

const MODEL_DIR = 'model/weights';

it("embeds what is parsed by a candidate's embedder too, and later again by the kept masks", async () => {
  const candidateDir = await mkdtemp(join(tmpdir(), 'armoire-candidate-'));
  try {
    // The shipped embedder under another name, and no parser.
    const manifest = JSON.parse(await readFile(join(MODEL_DIR, 'manifest.json'), 'utf8'));
    await copyFile(join(MODEL_DIR, manifest.embedder.file), join(candidateDir, manifest.embedder.file));
    const embedder = { ...manifest.embedder, model: 'another-name' };
    await writeFile(join(candidateDir, 'manifest.json'), JSON.stringify({ ...manifest, embedder }));
    const vision = await openVision({ modelDir: MODEL_DIR, candidateDir });
    try {
      const image = await vision.decode(await drawPhoto());
      const garments = await vision.parse(image);
      expect(garments.length).toBeGreaterThan(0);
      const [own, candidate] = vision.embedders!;
      expect(own!.space.model).toBe(vision.embeddingModel);
      expect(candidate!.space.model).toBe('another-name');
      const masked = garments.map(({ rle, category }) => ({
        mask: rleDecode(rle, image.width, image.height),
        category,
      }));
      const again = await candidate!.embed(image, masked);
      garments.forEach(({ embedding, further }, i) => {
        expect(further!.model).toBe('another-name');
        expect(further!.embedding).toEqual(embedding);
        expect(again[i]!.embedding).toEqual(embedding);
      });
    } finally {
      await vision.close();
    }
  } finally {
    await rm(candidateDir, { recursive: true, force: true });
  }
}, 60_000);

it('takes the model itself for no candidate', async () => {
  const vision = await openVision({ modelDir: MODEL_DIR, candidateDir: MODEL_DIR });
  expect(vision.embedders).toHaveLength(1);
  await vision.close();
}, 60_000);
