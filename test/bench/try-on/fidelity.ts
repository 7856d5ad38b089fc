/** Whether cloth folds, and how faithful a pattern stays. */
import { clothOf, compose } from '../../../server/try-on/compose.ts';
import { makeField, placeOn, STIFFNESS } from '../../../server/try-on/field.ts';
import { matchParts } from '../../../server/try-on/parts.ts';
import { fitSpline } from '../../../server/try-on/spline.ts';
import type { Shown, Worn } from '../../../server/try-on/view.ts';
import type { Image } from '../../../server/vision/contract.ts';

export function foldsOf(worn: Worn, item: Shown): number {
  const { width, height } = worn.view.image;
  return makeField(matchParts(worn.anchors, item.anchors), width, height).bend.folds;
}

/**
 * SSIM of a drawn pattern with the same pattern computed at the exact place of each pixel, over windows of 8 × 8 pixels well
 * inside. `pattern` has a level for each place, in heights of the item's garment.
 */
export function fidelity(worn: Worn, item: Shown, pattern: (x: number, y: number) => number): number {
  const grey = (image: Image): Image => ({ ...image, data: new Uint8Array(image.data.length).fill(128) });
  const { view } = item;
  const size = view.box[3] - view.box[1];
  const level = (x: number, y: number) => pattern(x / size, y / size);
  const [columns, lines] = [Math.ceil(view.box[2]), Math.ceil(view.box[3])];
  const data = new Uint8Array(columns * lines * 3);
  for (let i = 0; i < columns * lines; i++) {
    data.fill(level((i % columns) + 0.5, Math.floor(i / columns) + 0.5), i * 3, i * 3 + 3);
  }
  const plain = { ...worn, photo: grey(worn.photo), shade: new Float32Array(worn.shade.length).fill(1) };
  const { width, height } = worn.view.image;
  const parts = matchParts(worn.anchors, item.anchors);
  const { field } = makeField(parts, width, height);
  const image = compose(plain, { ...item, ...clothOf({ width: columns, height: lines, data }, item) }, field);
  const warps = parts.map((part) => fitSpline(part.worn, part.item, STIFFNESS));
  const [left, top] = worn.view.box;
  const scale = width / (worn.view.box[2] - left);
  const toPicture = (view.box[2] - view.box[0]) / view.image.width;
  const exact = (x: number, y: number): number | null => {
    const [u, v] = [(x + 0.5 - left) * scale, (y + 0.5 - top) * scale];
    const [i, j] = [Math.round(u), Math.round(v)];
    if (i < 0 || j < 0 || i >= width || j >= height) return null;
    if (worn.view.inside[j * width + i]! < 0.99 || worn.front[j * width + i] !== 0) return null;
    // The mean over the pixel, as a camera would see it.
    const at = { x: 0, y: 0 };
    placeOn(field, u, v, at);
    const warp = warps[field.part[j * width + i]!];
    if (!warp) return null;
    let sum = 0;
    for (const dx of [-0.375, -0.125, 0.125, 0.375]) {
      for (const dy of [-0.375, -0.125, 0.125, 0.375]) {
        const [px, py] = warp(u + dx * scale, v + dy * scale);
        sum += level(view.box[0] + px * toPicture, view.box[1] + py * toPicture);
      }
    }
    return sum / 16;
  };
  const scores: number[] = [];
  for (let y = Math.ceil(top); y + 8 < worn.view.box[3]; y += 8) {
    for (let x = Math.ceil(left); x + 8 < worn.view.box[2]; x += 8) {
      const [drawn, wanted]: number[][] = [[], []];
      for (let i = 0; i < 64; i++) {
        const value = exact(x + (i % 8), y + (i >> 3));
        if (value === null) break;
        wanted!.push(value);
        drawn!.push(image.data[((y + (i >> 3)) * image.width + x + (i % 8)) * 3]!);
      }
      if (wanted!.length === 64) scores.push(ssim(drawn!, wanted!));
    }
  }
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
}

/** Structural similarity of two windows (Wang 2004). */
function ssim(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const va = mean(a.map((value) => (value - ma) ** 2));
  const vb = mean(b.map((value) => (value - mb) ** 2));
  const cov = mean(a.map((value, i) => (value - ma) * (b[i]! - mb)));
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  return ((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
}
