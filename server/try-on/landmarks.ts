/** A garment's landmarks: those of the parser, else anchors derived from the stored mask. */
import type { GarmentRow } from '../garments/garments.sql.ts';
import { maskBounds } from '../vision/masks/bounds.ts';
import { rleDecode } from '../vision/masks/masks.ts';
import { type AnchorName, findAnchors, kindOf, ORDER } from './anchors.ts';
import { outlineOf } from './geometry.ts';
import type { Landmark, Landmarks } from './landmarks.type.ts';
import { shrinkMask } from './pixels.ts';
import { SMOOTHING, WORK_SIDE } from './view.ts';

/** Null if the garment is a whole image or of no category, or its outline is not that of its kind. */
export function landmarksOf(garment: GarmentRow): Landmarks | null {
  const { landmarks } = garment;
  if (!landmarks) return deriveLandmarks(garment);
  const points = Array.from({ length: Math.floor(landmarks.length / 3) }, (_, i): Landmark => {
    const [x, y, confidence] = landmarks.slice(i * 3, i * 3 + 3) as [number, number, number];
    return { name: String(i + 1), x, y, confidence };
  });
  return { source: 'MODEL', points };
}

function deriveLandmarks({ category, whole, mask: rle, width, height }: GarmentRow): Landmarks | null {
  const kind = kindOf(category);
  if (!kind || whole) return null;
  const mask = rleDecode(rle, width, height);
  const { x1, y1, x2, y2 } = maskBounds(mask);
  // A pixel of room on each side, so that the outline is closed.
  const scale = (WORK_SIDE - 2) / Math.max(x2 - x1, y2 - y1, 1);
  const [left, top] = [x1 - 1 / scale, y1 - 1 / scale];
  const [w, h] = [Math.round((x2 - x1) * scale) + 2, Math.round((y2 - y1) * scale) + 2];
  const small = shrinkMask(mask, [left, top, left + w / scale, top + h / scale], w, h);
  const anchors = findAnchors(kind, outlineOf(small, Math.max(w, h) * SMOOTHING));
  if (!anchors) return null;
  const points = ORDER[kind].flatMap((name: AnchorName): Landmark[] => {
    const index = anchors.at[name];
    if (index === undefined) return [];
    const [x, y] = anchors.outline[index]!;
    return [{ name, x: left + x / scale, y: top + y / scale, confidence: null }];
  });
  return { source: 'DERIVED', points };
}
