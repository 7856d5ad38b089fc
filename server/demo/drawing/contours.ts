import type { Mask } from '../../vision/contract.ts';
import { maskColumns } from '../../vision/masks/columns.ts';
import { type Edge, type Point, ringsOf, signedArea } from '../../vision/masks/rings.ts';

/**
 * Outlines of a mask as COCO polygons: [x1, y1, x2, y2, …] along the borders of its pixels, one for each piece and,
 * because COCO's polygons know no holes, none for holes. Straight runs are joined; pieces that cover fewer than
 * `least` pixels, their holes counted, are left out.
 */
export function maskContours(mask: Mask, least = 12): number[][] {
  return ringsOf(maskColumns(mask))
    .map(corners)
    .filter((ring) => signedArea(ring) >= least)
    .map((ring) => ring.flat());
}

/** Where a walk turns. */
function corners(ring: readonly Edge[]): Point[] {
  return ring.flatMap(({ from, to }, i) => {
    const next = ring[(i + 1) % ring.length]!.to;
    const turns = (from[0] === to[0]) !== (to[0] === next[0]);
    return turns ? [to] : [];
  });
}
