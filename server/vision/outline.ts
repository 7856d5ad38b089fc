/** A garment's crop and its rough mask in, a finer one out: the code around outline.onnx. */
import type { Image, Mask } from './contract.ts';
import { roundUp } from './preprocess.ts';
import type { Session } from './runtime/session.ts';

/** Of a pixel: colours, the garment's mask, those of the others. */
export const OUTLINE_PLANES = 5;

/**
 * Probability of each pixel of a crop being the garment's: Float32Array [height, width]. `found` is the garment's mask and `others` that of
 * all other garments, both of the crop's size. `multiple` is what the sides of the network's input are multiples of, `padding` the colour
 * with which they are filled up.
 */
export async function findOutline(
  session: Pick<Session, 'run'>,
  { multiple, padding }: { multiple: number; padding: readonly number[] },
  { width, height, data }: Image,
  found: Mask,
  others: Mask,
): Promise<Float32Array> {
  const [columns, rows] = [roundUp(width, multiple), roundUp(height, multiple)];
  const planes = new Uint8Array(columns * rows * OUTLINE_PLANES);
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, to += OUTLINE_PLANES) {
      const isWithin = x < width && y < height;
      const from = y * width + x;
      for (let c = 0; c < 3; c++) planes[to + c] = isWithin ? data[from * 3 + c]! : padding[c]!;
      planes[to + 3] = isWithin ? found.data[from]! * 255 : 0;
      planes[to + 4] = isWithin ? others.data[from]! * 255 : 0;
    }
  }
  const { inside } = (await session.run({
    crop: { data: planes, shape: [1, rows, columns, OUTLINE_PLANES] },
  })) as Record<'inside', Float32Array>;
  const outline = new Float32Array(width * height);
  for (let y = 0; y < height; y++) outline.set(inside.subarray(y * columns, y * columns + width), y * width);
  return outline;
}
