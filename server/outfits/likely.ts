/** Which garments of a photo are worn, by all likelihood. The pages show the same ones as found: web/lib/arrange-garments.ts. */

import type { CategoryId } from '../vocabulary/taxonomy.ts';
import { slotOfCategory } from './templates.ts';

type Box = readonly [x1: number, y1: number, x2: number, y2: number];

export interface SeenGarment {
  readonly id: string;
  readonly category: CategoryId | null;
  readonly score: number;
  readonly origin: 'parsed' | 'drawn';
  readonly box: Box;
}

/** A garment with a lower calibrated score is more often wrong than right. */
const LEAST_SCORE = 0.5;
/** From these overlaps on, two garments are readings of one region. */
const SAME_KIND_IOU = 0.6;
const ANY_KIND_IOU = 0.85;
const DRESS_AND_PART = 0.7;

/**
 * Without guesses, and without further readings of a region that a surer garment has, such as the skirt of a dress. What
 * somebody drew is always among them; if there are guesses alone, the surest.
 */
export function likelyGarments<G extends SeenGarment>(garments: readonly G[]): G[] {
  const bySureness = [...garments].sort((a, b) => sureness(b) - sureness(a) || (a.id < b.id ? -1 : 1));
  const likely: G[] = [];
  for (const garment of bySureness) {
    if (isDrawn(garment)) likely.push(garment);
    else if (garment.score >= LEAST_SCORE && !likely.some((surer) => isReading(garment, surer)))
      likely.push(garment);
  }
  return likely.length > 0 ? likely : bySureness.slice(0, 1);
}

const isDrawn = ({ origin }: SeenGarment) => origin === 'drawn';
const sureness = (garment: SeenGarment) => (isDrawn(garment) ? 1 : garment.score);

function isReading(garment: SeenGarment, surer: SeenGarment): boolean {
  const [one, other] = [slotOfCategory(garment.category), slotOfCategory(surer.category)];
  if (isDrawn(surer) || one === null || other === null) return false;
  const { iou, ofSmaller } = overlapOf(garment.box, surer.box);
  if (one === other) return iou >= SAME_KIND_IOU;
  const slots = [one, other];
  const isDressAndPart = slots.includes('dress') && !slots.includes('outerwear');
  return iou >= ANY_KIND_IOU || (isDressAndPart && ofSmaller >= DRESS_AND_PART);
}

function overlapOf(a: Box, b: Box): { iou: number; ofSmaller: number } {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  const shared = Math.max(0, width) * Math.max(0, height);
  const [areaA, areaB] = [areaOf(a), areaOf(b)];
  return { iou: shared / (areaA + areaB - shared), ofSmaller: shared / Math.min(areaA, areaB) };
}

const areaOf = ([x1, y1, x2, y2]: Box) => (x2 - x1) * (y2 - y1);
