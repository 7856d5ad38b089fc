import type { Category, Garment } from './api/shapes.ts';

export interface ArrangedGarments {
  /** What the photo shows, by all likelihood: the first is the one to start with, the others follow by size. */
  likely: Garment[];
  /** Guesses, and other readings of a region that is among the likely ones. The surest first. */
  possible: Garment[];
}

/** A garment with a lower calibrated score is more often wrong than right. */
const LEAST_SCORE = 0.5;
/** What covers at least this share of what the largest garment covers is large. */
const LARGE = 0.5;
/** From these overlaps on, two garments are readings of one region. */
const SAME_KIND_IOU = 0.6;
const ANY_KIND_IOU = 0.85;
const DRESS_AND_PART = 0.7;

type Kind = 'top' | 'outerwear' | 'bottom' | 'dress';

const KINDS: Record<Category, Kind> = {
  SHORT_SLEEVE_TOP: 'top',
  LONG_SLEEVE_TOP: 'top',
  SHORT_SLEEVE_OUTWEAR: 'outerwear',
  LONG_SLEEVE_OUTWEAR: 'outerwear',
  VEST: 'top',
  SLING: 'top',
  SHORTS: 'bottom',
  TROUSERS: 'bottom',
  SKIRT: 'bottom',
  SHORT_SLEEVE_DRESS: 'dress',
  LONG_SLEEVE_DRESS: 'dress',
  VEST_DRESS: 'dress',
  SLING_DRESS: 'dress',
};

/**
 * Sorts the garments of a photo into those to show and those to offer. Drawn regions are always shown. The server counts the
 * likely ones as worn: server/outfits/likely.ts.
 */
export function arrangeGarments(garments: readonly Garment[]): ArrangedGarments {
  const bySureness = [...garments].sort((a, b) => sureness(b) - sureness(a));
  const likely: Garment[] = [];
  const possible: Garment[] = [];
  for (const garment of bySureness) {
    const isLikely = isDrawn(garment) || (garment.score >= LEAST_SCORE && !likely.some(reads(garment)));
    (isLikely ? likely : possible).push(garment);
  }
  // A photo of guesses alone still starts with one.
  if (likely.length === 0) likely.push(...possible.splice(0, 1));
  const largest = Math.max(...likely.map(({ coverage }) => coverage));
  const first =
    likely.find((garment) => !isDrawn(garment) && garment.coverage >= LARGE * largest) ?? likely[0];
  const others = likely.filter((garment) => garment !== first).sort((a, b) => b.coverage - a.coverage);
  return { likely: first ? [first, ...others] : [], possible };
}

/** The garment that was asked for, else the one to start with. */
export function chosenGarment(garments: readonly Garment[], asked: string | null): Garment | undefined {
  return garments.find(({ id }) => id === asked) ?? arrangeGarments(garments).likely[0];
}

const isDrawn = ({ origin }: Garment) => origin === 'DRAWN';
const sureness = (garment: Garment) => (isDrawn(garment) ? 1 : garment.score);

/** Whether two garments are readings of one region, such as a dress and a skirt. */
function reads(a: Garment) {
  return (b: Garment): boolean => {
    if (isDrawn(b) || !a.category || !b.category) return false;
    const [one, other] = [KINDS[a.category], KINDS[b.category]];
    const { iou, ofSmaller } = overlapOf(a.box, b.box);
    if (one === other) return iou >= SAME_KIND_IOU;
    const isDressAndPart =
      (one === 'dress' || other === 'dress') && one !== 'outerwear' && other !== 'outerwear';
    return iou >= ANY_KIND_IOU || (isDressAndPart && ofSmaller >= DRESS_AND_PART);
  };
}

function overlapOf(a: Garment['box'], b: Garment['box']): { iou: number; ofSmaller: number } {
  const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  const shared = Math.max(0, width) * Math.max(0, height);
  const [areaA, areaB] = [areaOf(a), areaOf(b)];
  return { iou: shared / (areaA + areaB - shared), ofSmaller: shared / Math.min(areaA, areaB) };
}

const areaOf = ({ x1, y1, x2, y2 }: Garment['box']) => (x2 - x1) * (y2 - y1);
