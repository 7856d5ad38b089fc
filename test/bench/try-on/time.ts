/** How long a preview takes from stored bytes to WebP, next to the parse of the same photo. */
import sharp from 'sharp';
import type { GarmentRow } from '../../../server/garments/garments.sql.ts';
import { openPreviews, type Previews } from '../../../server/try-on/previews.ts';
import type { Image, ParsedGarment, Vision } from '../../../server/vision/contract.ts';
import { decode } from '../../../server/vision/image.ts';
import { quantile } from '../stats.ts';
import type { Item } from './pairs.ts';

export interface Timed {
  readonly photo: Image;
  readonly garments: readonly ParsedGarment[];
  /** Of the garment that is drawn over. */
  readonly index: number;
  readonly item: Item;
}

/** Of the photo, as a phone's is stored at that height. */
const HEIGHT = 1440;
interface Measured {
  readonly ms: number;
  /** That all threads together took of the cores. */
  readonly core: number;
}

/**
 * Prints medians and 95th percentiles of warm previews and of the first one of a server, and of parses in turns with them: `rounds` of
 * each pair, after one that is not counted, in which code is compiled.
 */
export async function timePreviews(vision: Vision, pairs: readonly Timed[], rounds: number): Promise<void> {
  const files = new Map<string, Buffer>();
  const images = { read: async (sha256: string) => files.get(sha256)! } as never;
  const row = (garment: ParsedGarment, sha256: string, { width, height }: Image, id: string) =>
    ({ ...garment, id, mask: garment.rle, sha256, width, height }) as unknown as GarmentRow;
  for (const [i, { photo, item }] of pairs.entries()) {
    files.set(`photo ${i}`, await encode(photo, HEIGHT));
    // Enlarged as much: a picture that is smaller than the photo is refused.
    files.set(`item ${i}`, await encode(item.picture, (item.picture.height * HEIGHT) / photo.height));
  }
  const draw = async (service: Previews, i: number, name: string, itemName = name) => {
    const { photo, garments, index, item } = pairs[i]!;
    const [worn, ...others] = [garments[index]!, ...garments.filter((_, j) => j !== index)].map((garment) =>
      row(garment, `photo ${i}`, photo, name),
    );
    const shown = row(item.garment, `item ${i}`, item.picture, itemName);
    const { refusal } = await service.draw({ worn: worn!, others, item: shown }, 'bench');
    return refusal === null;
  };
  const measured = { first: [], preview: [], 'another item': [], parse: [] } as Record<string, Measured[]>;
  const measure = async (name: string, task: () => Promise<unknown>) => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await task();
    const { user, system } = process.cpuUsage(before);
    measured[name]!.push({ ms: performance.now() - start, core: (user + system) / 1000 });
  };
  const service = openPreviews({ vision, images });
  await measure('first', () => draw(service, 0, 'first'));
  // At that size a few are refused that were not at the set's.
  const shown: number[] = [];
  for (const i of pairs.keys()) if (await draw(service, i, `warm ${i}`)) shown.push(i);
  for (let round = 0; round < rounds; round++) {
    for (const i of shown) {
      // Names that were not drawn yet: what is ready is not made again.
      const name = `${round} ${i}`;
      await measure('preview', () => draw(service, i, name));
      await measure('another item', () => draw(service, i, name, `another ${name}`));
      await measure('parse', async () => vision.parse(await decode(files.get(`photo ${i}`)!)));
    }
  }
  await service.close();
  const names = { first: 'first of all', preview: 'preview', 'another item': 'another item', parse: 'parse' };
  console.log(`\n${measured.preview!.length} previews, the photo of ${HEIGHT} pixels in height:`);
  for (const [name, label] of Object.entries(names)) {
    const at = (q: number, what: keyof Measured) =>
      quantile(
        measured[name]!.map((one) => one[what]),
        q,
      ).toFixed(0);
    console.log(
      `${label.padEnd(26)}p50 ${at(0.5, 'ms')} ms, p95 ${at(0.95, 'ms')} ms; ${at(0.5, 'core')} core ms`,
    );
  }
}

function encode({ data, width, height }: Image, to: number): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ height: Math.round(to) })
    .webp({ quality: 85 })
    .toBuffer();
}
