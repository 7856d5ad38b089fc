/**
 * A second look at parts of an image, where the first gives cause: on a long picture, such as a screenshot, and where
 * what was seen is small, the model's input has too few pixels of a garment. The budgets keep the whole within three
 * times the cost of a plain parse.
 */
import { boxArea, boxIou, sharedArea, wholePixels } from './boxes.ts';
import type { Box, Image } from './contract.ts';
import { resizeRegion } from './image.ts';
import type { Manifest } from './manifest.ts';
import { type Detection, detect, type FoundGarment, moveLandmarks, settle } from './parser.ts';
import { roundUp, type Size } from './preprocess.ts';
import type { Numbers, Session } from './runtime/session.ts';
import type { OnTiming } from './timing.ts';

/** An image is long where one side is so many times the other. */
const LONG = 1.9;
/** A tile of a long image is so many times as long as the image's short side, and shares so much with the next. */
const TILE = 4 / 3;
const OVERLAP = 0.3;
const MAX_TILES = 8;
/** What was found is small where, together, it spans less than this share of the image's long side. */
const SMALL = 0.45;
/** A closer look at more than this share of the long side would show little more than the first. */
const NEARLY_ALL = 0.675;
/** A detection with a raw score as low as this is a hint of where to look. */
const HINT = 0.1;
/** Hints of one person lie within so many times their own size of each other; a part has so much room around them. */
const ROOM = 0.5;
const MAX_PLACES = 2;
/** All second looks together have at most so many times the input pixels of a plain photo of 3:4. */
const LOOK_BUDGET = 2.5;
/** The same for the search of an image in which nothing at all was seen. */
const SEARCH_BUDGET = 3;
/** A detection that ends within this share of its part's inner edge is cut off by it. */
const EDGE = 0.02;
/** Detections that overlap at a higher IoU are of one garment. */
const SAME = 0.6;
/** Of two detections of one garment, the smaller lies in the larger with at least this share of its area. */
const INSIDE = 0.7;

interface Seen extends Detection {
  /** Cut off by the edge of the part that was looked at. */
  readonly cut: boolean;
}

/** Garments above the manifest's threshold, best first, with a closer look where the image gives cause. */
export async function findCloser(
  session: Session<Numbers>,
  settings: Manifest['parser'],
  image: Image,
  onTiming?: OnTiming,
): Promise<FoundGarment[]> {
  const look = async (part: Box, longSide: number, floor: number): Promise<Seen[]> => {
    const [left, top, right, bottom] = part;
    const pixels = await resizeRegion(image, part, right - left, bottom - top);
    const found = await detect(session, { ...settings, longSide }, pixels, floor, onTiming);
    return found.map((detection) => place(detection, part, image));
  };
  // One after another: the model takes one image at a time.
  const lookAt = async (parts: readonly Box[], longSide: number, floor: number) => {
    const seen: Seen[] = [];
    for (const part of parts) seen.push(...(await look(part, longSide, floor)));
    return seen;
  };
  const first = await detect(session, settings, image, HINT, onTiming);
  const sure = first.filter(({ score }) => score >= settings.scoreThreshold);
  let parts: Box[] = [];
  if (isLong(image)) parts = tiles(image);
  else if (sure.length === 0 || isWithin(SMALL, union(sure.map(({ box }) => box)), image)) {
    let hints: readonly Hint[] = first;
    if (hints.length === 0) {
      const all = quarters(image);
      const side = sideFor(all, settings, SEARCH_BUDGET);
      hints = await lookAt(all, side, HINT);
    }
    parts = placesOf(hints, image);
  }
  if (parts.length === 0) return settle(sure, settings, image, onTiming);
  const plain = sure.map((detection): Seen => ({ ...detection, cut: false }));
  const close = await lookAt(parts, sideFor(parts, settings, LOOK_BUDGET), settings.scoreThreshold);
  return settle(mergeLooks([...plain, ...close]), settings, image, onTiming);
}

type Hint = Pick<Detection, 'box' | 'score'>;

function isLong({ width, height }: Size): boolean {
  return Math.max(width, height) >= LONG * Math.min(width, height);
}

/** Whether a box spans less than this share of the image's long side. */
function isWithin(share: number, box: Box, { width, height }: Size): boolean {
  return sizeOf(box) < share * Math.max(width, height);
}

/** The places where hints lie close together, with room around them: those with the highest scores. */
export function placesOf(hints: readonly Hint[], image: Size): Box[] {
  return gather(hints)
    .map(({ box }) => withRoom(box, image.width, image.height))
    .filter((box) => isWithin(NEARLY_ALL, box, image))
    .slice(0, MAX_PLACES);
}

/** Two by two, each with 60 % of the sides. */
function quarters({ width, height }: Size): Box[] {
  const [w, h] = [Math.round(width * 0.6), Math.round(height * 0.6)];
  return [0, height - h].flatMap((top) => [0, width - w].map((left): Box => [left, top, left + w, top + h]));
}

/** Overlapping tiles along the long side, of equal size, from edge to edge. */
export function tiles({ width, height }: Size): Box[] {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const step = TILE * short * (1 - OVERLAP);
  const count = Math.min(Math.ceil((long - TILE * short) / step) + 1, MAX_TILES);
  const length = Math.max(TILE * short, long / (1 + (count - 1) * (1 - OVERLAP)));
  return Array.from({ length: count }, (_, i) => {
    const from = (i / (count - 1)) * (long - length);
    const [start, end] = [Math.round(from), Math.round(from + length)];
    return width > height ? [start, 0, end, height] : [0, start, width, end];
  });
}

/** Groups of detections that lie near each other, by the sum of their scores, highest first. */
function gather(hints: readonly Hint[]): Hint[] {
  const groups: Hint[] = [];
  for (const { box, score } of [...hints].sort((a, b) => b.score - a.score)) {
    let group = { box, score };
    for (let near = groups.findIndex((other) => areNear(other.box, group.box)); near >= 0; ) {
      const [other] = groups.splice(near, 1);
      group = { box: union([other!.box, group.box]), score: other!.score + group.score };
      near = groups.findIndex((next) => areNear(next.box, group.box));
    }
    groups.push(group);
  }
  return groups.sort((a, b) => b.score - a.score);
}

function areNear(a: Box, b: Box): boolean {
  const reach = (ROOM * Math.max(sizeOf(a), sizeOf(b))) / 2;
  return a[0] - reach < b[2] && b[0] - reach < a[2] && a[1] - reach < b[3] && b[1] - reach < a[3];
}

function sizeOf([x1, y1, x2, y2]: Box): number {
  return Math.max(x2 - x1, y2 - y1);
}

function union(boxes: readonly Box[]): Box {
  return [
    Math.min(...boxes.map((box) => box[0])),
    Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])),
    Math.max(...boxes.map((box) => box[3])),
  ];
}

/** The box with room on each side, so that a whole person is seen where a part of one was. */
function withRoom(box: Box, width: number, height: number): Box {
  const room = ROOM * sizeOf(box);
  return wholePixels([box[0] - room, box[1] - room, box[2] + room, box[3] + room], width, height);
}

/** The long side of the model's input for each part, so that all of them stay within the budget; 0 without parts. */
export function sideFor(
  parts: readonly Box[],
  { longSide, multiple }: Pick<Manifest['parser'], 'longSide' | 'multiple'>,
  looks: number,
): number {
  const budget = looks * longSide * roundUp((longSide * 3) / 4, multiple);
  for (let side = roundUp(longSide, multiple); parts.length > 0 && side > 0; side -= multiple) {
    const pixels = parts.map(([x1, y1, x2, y2]) => {
      const scale = side / Math.max(x2 - x1, y2 - y1);
      return roundUp((x2 - x1) * scale, multiple) * roundUp((y2 - y1) * scale, multiple);
    });
    if (pixels.reduce((sum, count) => sum + count, 0) <= budget) return side;
  }
  return 0;
}

/** A detection in pixels of a part, in those of the image. */
function place(detection: Detection, part: Box, { width, height }: Size): Seen {
  const [left, top, right, bottom] = part;
  const [x1, y1, x2, y2] = detection.box;
  const box: Box = [x1 + left, y1 + top, x2 + left, y2 + top];
  const [dx, dy] = [EDGE * (right - left), EDGE * (bottom - top)];
  const cut =
    (left > 0 && box[0] < left + dx) ||
    (top > 0 && box[1] < top + dy) ||
    (right < width && box[2] > right - dx) ||
    (bottom < height && box[3] > bottom - dy);
  return { ...detection, box, cut, landmarks: moveLandmarks(detection.landmarks, { left, top }) };
}

/** One detection for each garment: the surest that no part cuts off, else the surest. */
export function mergeLooks(seen: readonly Seen[]): Detection[] {
  const order = [...seen].sort((a, b) => Number(a.cut) - Number(b.cut) || b.score - a.score);
  const kept: Seen[] = [];
  for (const one of order) {
    const isDouble = kept.some(
      (other) =>
        boxIou(other.box, one.box) > SAME ||
        (other.category === one.category && shareInside(one.box, other.box) > INSIDE),
    );
    if (!isDouble) kept.push(one);
  }
  return kept;
}

/** The share of the smaller box that lies in the larger. */
function shareInside(a: Box, b: Box): number {
  const smaller = Math.min(boxArea(a), boxArea(b));
  return smaller > 0 ? sharedArea(a, b) / smaller : 0;
}
