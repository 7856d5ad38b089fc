import type { Box } from '../vision/contract.ts';

/** A garment and where it is. */
export interface Placed {
  readonly category: number | null;
  readonly box: Box;
}

/** From the crown to the soles, in a garment's heights (or widths) from its top: where a person is who wears it. */
function bodyOf({ category, box: [, y1, , y2], box }: Placed): readonly [top: number, bottom: number] {
  const height = y2 - y1;
  const width = box[2] - box[0];
  switch (category) {
    case 7:
    case 9:
      return [y1 - 2 * width, y1 + 3 * width];
    case 8:
      return [y1 - 0.85 * height, y2 + 0.12 * height];
    case 10:
    case 11:
    case 12:
    case 13:
      return [y1 - 0.35 * height, y2 + 0.7 * height];
    case 3:
    case 4:
      return [y1 - 0.4 * height, y2 + 1.1 * height];
    default:
      return [y1 - 0.5 * height, y2 + 1.5 * height];
  }
}

/** About where the person is who wears `garment`: by it, and by what else is worn above and below. */
export function personBox(garment: Placed, all: readonly Placed[]): Box {
  const [x1, , x2] = garment.box;
  const worn = all.filter(({ box }) => {
    const shared = Math.min(box[2], x2) - Math.max(box[0], x1);
    return shared > 0.5 * Math.min(box[2] - box[0], x2 - x1);
  });
  const bodies = [garment, ...worn].map(bodyOf);
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
  const top = middle(bodies.map(([y]) => y));
  const bottom = middle(bodies.map(([, y]) => y));
  return [x1, top, x2, Math.max(bottom, top + 8)];
}
