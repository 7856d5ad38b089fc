/** What can be told before anything is bent. */
import type { Box, Mask, Pose } from '../vision/contract.ts';
import { kindOf } from './anchors.ts';
import { bodyPoint, frontality, isVisible } from './front.ts';
import type { Placed } from './person.ts';
import type { Refusal } from './refusals.ts';

/** Categories that are worn in the place of each other. */
const SAME_CUT: readonly (readonly number[])[] = [
  [1],
  [2],
  [3],
  [4],
  [5, 6],
  [7],
  [8],
  [9],
  [10],
  [11],
  [12, 13],
];
/**
 * Of shorts, trousers and skirts alone do previews look right. Outerwear is worn open and lies closed, or the other way round; sleeves
 * lie otherwise than arms hang; a collar that lies flat shows its back within the neckline.
 */
const SUPPORTED = new Set([7, 8, 9]);

/** Pixels of the photo as stored. */
const LEAST_SIDE = 48;
const LEAST_PERSON = 0.8;
/** 1 for shoulders straight on. */
const LEAST_FRONTAL = 0.6;

/** Null if nothing speaks against a preview so far. */
export function refuseCategories(worn: number | null, item: number | null): Refusal | null {
  if (worn === null || item === null || !kindOf(worn)) return 'KIND_UNSUPPORTED';
  if (!SAME_CUT.some((cut) => cut.includes(worn) && cut.includes(item))) return 'OTHER_KIND';
  return !SUPPORTED.has(worn) ? 'KIND_UNSUPPORTED' : null;
}

/** `size` is that of the photo as stored. */
export function refuseGarment(
  garment: Placed,
  others: readonly Placed[],
  size: { width: number; height: number },
): Refusal | null {
  const [x1, y1, x2, y2] = garment.box;
  const [mx, my] = [size.width * 0.006, size.height * 0.006];
  if (x1 < mx || y1 < my || x2 > size.width - mx || y2 > size.height - my) return 'GARMENT_CUT_OFF';
  if (x2 - x1 < LEAST_SIDE || y2 - y1 < LEAST_SIDE) return 'GARMENT_TOO_SMALL';
  const isCoat = ({ category }: Placed) => category === 3 || category === 4;
  if (others.some((other) => isCoat(other) && covered(garment.box, other.box) > 0.25))
    return 'GARMENT_HIDDEN';
  return null;
}

/** Share of a box that another covers. */
function covered([x1, y1, x2, y2]: Box, other: Box): number {
  const width = Math.min(x2, other[2]) - Math.max(x1, other[0]);
  const height = Math.min(y2, other[3]) - Math.max(y1, other[1]);
  return width <= 0 || height <= 0 ? 0 : (width * height) / ((x2 - x1) * (y2 - y1));
}

/** Whether the person faces the camera and the garment is where it is worn: its top at the shoulders or the hips. */
export function refusePose(pose: Pose, garment: Placed): Refusal | null {
  if (pose.presence < LEAST_PERSON) return 'NO_PERSON';
  const joints = ['leftShoulder', 'rightShoulder', 'leftHip', 'rightHip'] as const;
  if (joints.some((joint) => !isVisible(pose, joint))) return 'NO_PERSON';
  if (frontality(pose) < LEAST_FRONTAL) return 'NOT_FRONTAL';
  const middle = (left: 'leftShoulder' | 'leftHip', right: 'rightShoulder' | 'rightHip') => {
    const [a, b] = [bodyPoint(pose, left), bodyPoint(pose, right)];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const;
  };
  const [shoulders, hips] = [middle('leftShoulder', 'rightShoulder'), middle('leftHip', 'rightHip')];
  const trunk = Math.max(1, hips[1] - shoulders[1]);
  const [x1, y1, x2] = garment.box;
  if (hips[0] < x1 - 0.2 * trunk || hips[0] > x2 + 0.2 * trunk) return 'NO_PERSON';
  const isLower = garment.category === 7 || garment.category === 8 || garment.category === 9;
  // The waistband lies a third of the trunk above the joints of the hips; what begins lower is covered from above.
  const lowest = isLower ? hips[1] + 0.12 * trunk : shoulders[1] + 0.3 * trunk;
  return y1 > lowest ? 'GARMENT_HIDDEN' : null;
}

/** Share by which the left and the right half of a mask differ, about its middle column: 0 for a symmetric one. */
export function asymmetry({ width, height, data }: Mask, middle: number): number {
  let [area, unlike] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      area++;
      const mirrored = Math.round(2 * middle - x);
      if (mirrored < 0 || mirrored >= width || data[y * width + mirrored] === 0) unlike++;
    }
  }
  return area === 0 ? 1 : unlike / area;
}
