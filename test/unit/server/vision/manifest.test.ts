import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toSpace } from '../../../../server/vision/embedding-space.ts';
import {
  checkFitted,
  checkModel,
  checkTensors,
  ManifestError,
  readManifest,
} from '../../../../server/vision/manifest.ts';
import { CATEGORIES, COLOURS, PATTERNS } from '../../../../server/vocabulary/taxonomy.ts';

const MODEL = Buffer.from('stands for an ONNX file');

function makeManifest() {
  const file = {
    sha256: createHash('sha256').update(MODEL).digest('hex'),
    bytes: MODEL.length,
  };
  return {
    version: '1',
    categories: [...CATEGORIES] as string[],
    parser: {
      ...file,
      file: 'parser.onnx',
      longSide: 352,
      multiple: 32,
      padding: [123, 117, 104],
      scoreThreshold: 0.5,
      nmsIou: 0.6,
      maskThreshold: 0.5,
      inputs: [{ name: 'image', shape: [1, 'H', 'W', 3], type: 'uint8', layout: 'NHWC RGB' }],
      outputs: [
        { name: 'boxes', shape: ['N', 4], type: 'float32' },
        { name: 'scores', shape: ['N'], type: 'float32' },
        { name: 'labels', shape: ['N'], type: 'int64' },
        { name: 'masks', shape: ['N', 28, 28], type: 'float32' },
      ],
    },
    embedder: {
      ...file,
      file: 'embedder.onnx',
      side: 160,
      size: 256,
      model: 'armoire-1',
      inputs: [{ name: 'crops', shape: ['B', 160, 160, 4], type: 'uint8' }],
      outputs: [{ name: 'embeddings', shape: ['B', 256], type: 'float32' }],
    },
    training: {},
    accuracy: {},
  };
}

/** One channel, and of each category a landmark on this one. */
function landmarksOf(channel: number) {
  return { names: ['hem'], channels: Object.fromEntries(CATEGORIES.map((name) => [name, [channel]])) };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-manifest-'));
  await writeFile(join(folder, 'parser.onnx'), MODEL);
});
afterAll(() => rm(folder, { recursive: true }));

async function read(change: (manifest: ReturnType<typeof makeManifest>) => void = () => {}) {
  const manifest = makeManifest();
  change(manifest);
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return readManifest(folder);
}

describe('readManifest', () => {
  it('reads what fits', async () => {
    expect((await read()).parser).toMatchObject({ longSide: 352, padding: [123, 117, 104] });
  });

  it.each<[string, Parameters<typeof read>[0]]>([
    ['version', (m) => Reflect.deleteProperty(m, 'version')],
    ['categories.8', (m) => m.categories.splice(8, 1, 'kilt')],
    ['categories.12', (m) => m.categories.pop()],
    ['categories', (m) => m.categories.push('shoes')],
    ['parser.scoreThreshold', (m) => Object.assign(m.parser, { scoreThreshold: 5 })],
    [
      'parser.calibration.points.skirt',
      (m) =>
        Object.assign(m.parser, {
          calibration: {
            points: {
              skirt: [
                [0.1, 0.5],
                [0.2, 0.5],
              ],
            },
          },
        }),
    ],
    ['parser.file', (m) => Object.assign(m.parser, { file: '../parser.onnx' })],
    ['parser.inputs.image.type', (m) => Object.assign(m.parser.inputs[0]!, { type: 'float32' })],
    ['parser.outputs', (m) => m.parser.outputs.pop()],
    ['parser.outputs', (m) => Object.assign(m.parser, { landmarks: landmarksOf(0) })],
    ['parser.landmarks', (m) => Object.assign(m.parser, { landmarks: landmarksOf(1) })],
    ['parser.outputs.masks.shape', (m) => Object.assign(m.parser.outputs[3]!, { shape: ['N', 14, 14] })],
    ['embedder.size', (m) => Object.assign(m.embedder, { size: 512 })],
    ['embedder.inputs.crops.shape', (m) => Object.assign(m.embedder, { side: 224 })],
    ['embedder.sha256', (m) => Object.assign(m.embedder, { sha256: 'ABC' })],
    ['embedder.model', (m) => Object.assign(m.embedder, { model: 'a\0b' })],
    ['embedder.model', (m) => Object.assign(m.embedder, { model: 'x'.repeat(101) })],
  ])('refuses a mismatch and names %s', async (field, change) => {
    const error = await read(change).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ManifestError);
    expect((error as ManifestError).field).toBe(field);
    expect((error as ManifestError).message).toContain(`field ${field}:`);
  });

  it('waits for no pipe', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pipe-'));
    execFileSync('mkfifo', [join(folder, 'manifest.json')]);
    await expect(readManifest(folder)).rejects.toThrow('cannot be read as JSON');
    await rm(folder, { recursive: true });
  });

  it('says so where there is no manifest', async () => {
    await expect(readManifest(join(folder, 'nowhere'))).rejects.toThrow(/nowhere.*cannot be read/);
  });
});

it.each<[string, string, number]>([
  ['attributes.embedder', 'armoire-0', 160],
  ['attributes.side', 'armoire-1', 128],
])(
  'refuses an attributes model that reads other vectors or crops than there are, naming %s',
  async (field, embedder, side) => {
    const readWith = (changed: { embedder: string; side: number }) =>
      read((m) => {
        const attributes = {
          ...{ file: 'attributes.onnx', sha256: 'ab'.repeat(32), bytes: 1, ...changed },
          ...{ model: 'patterns-1', patterns: [...PATTERNS] },
          thresholds: Object.fromEntries(PATTERNS.map((name) => [name, 1])),
          inputs: [
            { name: 'crops', shape: ['B', changed.side, changed.side, 4], type: 'uint8' },
            { name: 'embeddings', shape: ['B', 256], type: 'float32' },
          ],
          outputs: [{ name: 'patterns', shape: ['B', 6], type: 'float32' }],
        };
        Object.assign(m, { attributes });
      });
    checkFitted(await readWith({ embedder: 'armoire-1', side: 160 }), 'attributes');
    const other = await readWith({ embedder, side });
    expect(() => checkFitted(other, 'attributes')).toThrow(expect.objectContaining({ field }));
  },
);

describe('the compatibility model of a manifest', () => {
  const table = (size: number) => Array.from({ length: size }, () => Array<number>(size).fill(1));
  const makeCompatibility = () => ({
    file: 'compatibility.onnx',
    sha256: 'ab'.repeat(32),
    bytes: 1,
    embedder: 'armoire-1',
    inputs: [
      { name: 'embedding', shape: ['N', 256], type: 'float32' },
      { name: 'source', shape: ['N'], type: 'int64' },
      { name: 'target', shape: ['N'], type: 'int64' },
    ],
    outputs: [{ name: 'query', shape: ['N', 256], type: 'float32' }],
    calibration: { scale: table(14), bias: table(14) },
    looks: { count: 9, categoryPairs: table(14), colourPairs: table(13) },
  });
  const readWith = (change: (of: ReturnType<typeof makeCompatibility>) => unknown = () => {}) =>
    read((m) => {
      const compatibility = makeCompatibility();
      change(compatibility);
      Object.assign(m, { compatibility });
    }).then((manifest) => {
      checkFitted(manifest, 'compatibility');
      return manifest;
    });

  it('may be missing, or have no counts', async () => {
    expect((await read()).compatibility).toBeUndefined();
    expect((await readWith()).compatibility).toMatchObject({ embedder: 'armoire-1', looks: { count: 9 } });
    expect((await readWith((c) => Reflect.deleteProperty(c, 'looks'))).compatibility!.looks).toBeUndefined();
  });

  it.each<[string, Parameters<typeof readWith>[0]]>([
    ['compatibility.embedder', (c) => Object.assign(c, { embedder: 'armoire-0' })],
    ['compatibility.calibration.scale', (c) => c.calibration.scale.pop()],
    ['compatibility.calibration.bias.3', (c) => c.calibration.bias[3]!.pop()],
    ['compatibility.calibration.bias', (c) => c.calibration.bias[3]!.splice(5, 1, 2)],
    ['compatibility.looks.colourPairs.0.1', (c) => c.looks.colourPairs[0]!.splice(1, 1, -1)],
    ['compatibility.inputs', (c) => c.inputs.pop()],
    ['compatibility.inputs.source.type', (c) => Object.assign(c.inputs[1]!, { type: 'int32' })],
    ['compatibility.outputs.query.shape', (c) => Object.assign(c.outputs[0]!, { shape: ['N', 128] })],
    ['compatibility.sha256', (c) => Object.assign(c, { sha256: 'ABC' })],
  ])('is refused where it does not fit, naming %s', async (field, change) => {
    const error = await readWith(change).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ManifestError);
    expect((error as ManifestError).field).toBe(field);
  });
});

describe('the pose network of a manifest', () => {
  const makePose = () => ({
    file: 'pose.onnx',
    sha256: 'ab'.repeat(32),
    bytes: 1,
    side: 256,
    inputs: [{ name: 'image', shape: [1, 256, 256, 3], type: 'uint8' }],
    outputs: [
      { name: 'landmarks', shape: [1, 195], type: 'float32' },
      { name: 'presence', shape: [1, 1], type: 'float32' },
      { name: 'person', shape: [1, 256, 256, 1], type: 'float32' },
    ],
  });
  const readWith = (change: (of: ReturnType<typeof makePose>) => unknown = () => {}) =>
    read((m) => {
      const pose = makePose();
      change(pose);
      Object.assign(m, { pose });
    });

  it('may be missing', async () => {
    expect((await read()).pose).toBeUndefined();
    expect((await readWith()).pose).toMatchObject({ side: 256 });
  });

  it.each<[string, Parameters<typeof readWith>[0]]>([
    ['pose.side', (p) => Object.assign(p, { side: 8 })],
    ['pose.inputs.image.shape', (p) => Object.assign(p, { side: 224 })],
    ['pose.outputs', (p) => p.outputs.pop()],
    ['pose.outputs.landmarks.shape', (p) => Object.assign(p.outputs[0]!, { shape: [1, 165] })],
  ])('is refused where it does not fit, naming %s', async (field, change) => {
    await expect(readWith(change)).rejects.toMatchObject({ field });
  });
});

describe('the outline network of a manifest', () => {
  const readWith = (width: number) =>
    read((m) =>
      Object.assign(m, {
        outline: {
          file: 'outline.onnx',
          sha256: 'ab'.repeat(32),
          bytes: 1,
          multiple: 16,
          padding: [123, 117, 104],
          inputs: [{ name: 'crop', shape: [1, 'H', 'W', width], type: 'uint8' }],
          outputs: [{ name: 'inside', shape: [1, 'H', 'W'], type: 'float32' }],
        },
      }),
    );

  it('may be missing, and is refused where it takes other planes', async () => {
    expect((await read()).outline).toBeUndefined();
    expect((await readWith(5)).outline).toMatchObject({ multiple: 16 });
    await expect(readWith(4)).rejects.toMatchObject({ field: 'outline.inputs.crop.shape' });
  });
});

describe('what an embedding means', () => {
  const unitOf = (size: number) => Array.from({ length: size }, (_, i) => Number(i === 0));
  const makeSpace = () => ({
    parts: [
      { name: 'category', from: 0, to: 128, weight: 0.5 },
      { name: 'colour', from: 128, to: 192, weight: 0.3 },
      { name: 'pattern', from: 192, to: 256, weight: 0.2 },
    ],
    colours: [...COLOURS] as string[],
    colourPrototypes: { red: unitOf(64), navy: unitOf(64) } as Record<string, number[]>,
    score: {
      points: [
        [0, 0.05],
        [0.5, 0.3],
        [1, 0.95],
      ],
      cutoff: 0.3,
      cutoffByCategory: { skirt: 0.4 } as Record<string, number>,
    },
  });
  type Space = ReturnType<typeof makeSpace>;
  const readWith = (change: (space: Space) => unknown = () => {}) =>
    read((m) => {
      const space = makeSpace();
      change(space);
      Object.assign(m.embedder, space);
      m.embedder.outputs.push({ name: 'colours', shape: ['B', 13], type: 'float32' });
    });

  it('is read', async () => {
    const { embedder } = await readWith();
    expect(toSpace('m', embedder)).toMatchObject({
      model: 'm',
      parts: [{ from: 0 }, { from: 128 }, { to: 256, weight: 0.2 }],
      prototypes: { navy: unitOf(64) },
      score: { cutoff: 0.3, cutoffByCategory: { skirt: 0.4 } },
    });
  });

  it('may be left out', async () => {
    const { embedder } = await read();
    expect(toSpace('m', embedder)).toEqual({ model: 'm', parts: null, prototypes: null, score: null });
  });

  it.each<[string, (space: Space) => unknown]>([
    ['embedder.parts.0.name', (s) => s.parts.reverse()],
    ['embedder.parts.1.from', (s) => Object.assign(s.parts[1]!, { from: 100 })],
    ['embedder.parts.1.to', (s) => Object.assign(s.parts[1]!, { to: 128 })],
    ['embedder.parts.2.to', (s) => Object.assign(s.parts[2]!, { to: 255 })],
    ['embedder.parts.2.name', (s) => s.parts.pop()],
    ['embedder.parts', (s) => s.parts.push(s.parts[2]!)],
    ['embedder.parts', (s) => Object.assign(s.parts[2]!, { weight: 0.3 })],
    ['embedder.colours.3', (s) => s.colours.splice(3, 1, 'sand')],
    ['embedder.colours.12', (s) => s.colours.pop()],
    ['embedder.outputs', (s) => Reflect.deleteProperty(s, 'colours')],
    ['embedder.colourPrototypes.navy', (s) => s.colourPrototypes.navy!.push(0)],
    ['embedder.colourPrototypes.navy', (s) => s.colourPrototypes.navy!.fill(0.5)],
    ['embedder.colourPrototypes', (s) => Object.assign(s.colourPrototypes, { sand: unitOf(64) })],
    ['embedder.colourPrototypes', (s) => Reflect.deleteProperty(s, 'parts')],
    ['embedder.score.points.1.0', (s) => s.score.points.splice(1, 1, [0, 0.3])],
    ['embedder.score.points.2.1', (s) => s.score.points.splice(2, 1, [1, 0.2])],
    ['embedder.score.points', (s) => s.score.points.splice(1)],
    ['embedder.score.points', (s) => s.score.points.splice(0)],
    ['embedder.score.cutoff', (s) => Object.assign(s.score, { cutoff: 1.5 })],
    ['embedder.score.cutoff', (s) => Object.assign(s.score, { cutoff: 0.96 })],
    [
      'embedder.score.cutoffByCategory.skirt',
      (s) => Object.assign(s.score.cutoffByCategory, { skirt: 0.96 }),
    ],
    ['embedder.score.cutoffByCategory', (s) => Object.assign(s.score.cutoffByCategory, { kilt: 0.1 })],
  ])('is refused at %s', async (field, change) => {
    const error = await readWith(change).catch((e: unknown) => e);
    expect(error).toMatchObject({ field });
  });
});

describe('checkModel', () => {
  const field = async (change: Parameters<typeof read>[0]) =>
    checkModel(folder, await read(change), 'parser').then(
      () => 'read',
      (error) => error.field,
    );

  it('gives the path of a file that is what the manifest says', async () => {
    expect(await checkModel(folder, await read(), 'parser')).toBe(join(folder, 'parser.onnx'));
  });

  it('refuses another file, and names the field', async () => {
    expect(await field((m) => Object.assign(m.parser, { sha256: '0'.repeat(64) }))).toBe('parser.sha256');
    expect(await field((m) => Object.assign(m.parser, { bytes: 9 }))).toBe('parser.bytes');
    expect(await field((m) => Object.assign(m.parser, { file: 'gone.onnx' }))).toBe('parser.file');
  });
});

describe('checkTensors', () => {
  const claimed = [{ name: 'crops', type: 'uint8', shape: ['B', 160, 160, 4] }];

  it('lets an open dimension stand for any size', () => {
    expect(() =>
      checkTensors('x', claimed, [{ name: 'crops', type: 'uint8', shape: [16, 160, 'W', 4] }]),
    ).not.toThrow();
  });

  it.each([
    ['x', { name: 'photos', type: 'uint8', shape: ['B', 160, 160, 4] }],
    ['x.crops.type', { name: 'crops', type: 'float32', shape: ['B', 160, 160, 4] }],
    ['x.crops.shape', { name: 'crops', type: 'uint8', shape: ['B', 160, 160, 3] }],
    ['x.crops.shape', { name: 'crops', type: 'uint8', shape: ['B', 160, 160] }],
  ])('names %s where the file differs', (field, actual) => {
    expect(() => checkTensors('x', claimed, [actual])).toThrow(`field ${field}:`);
  });
});
