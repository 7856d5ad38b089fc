/** A person in, points of the body and the person's mask out: the code around pose.onnx. */

import { boxIou } from './boxes.ts';
import type { Box, Image, Pose } from './contract.ts';
import { resizeRegion } from './image.ts';
import type { Session } from './runtime/session.ts';

/** Numbers of a point: x, y, z, logit of being visible, logit of being inside. */
const NUMBERS = 5;
/** Points of the body; the network then adds six of its own, two of which say how the person fills the square. */
const BODY_POINTS = 33;
const HIPS_CENTRE = 33;
/** On the circle around the hips that holds the whole body. */
const CIRCLE = 34;
/**
 * IoU of the two squares beyond which a second look is spared: on 50 street photos it then moved shoulders, hips and wrists by 2 % of
 * the trunk's length (median; 7 % at most).
 */
const NEAR = 0.8;
/** The square's side by the circle's diameter, as the network was trained. */
const MARGIN = 1.25;

/**
 * The person about whom `box` is, from head to feet, roughly. Looks at a square about the box, then, if that is another one, at the
 * one in which the network wants to see the person.
 */
export async function findPose(
  session: Pick<Session, 'run'>,
  side: number,
  image: Image,
  box: Box,
): Promise<Pose> {
  const [x1, y1, x2, y2] = box;
  const first = squareAround((x1 + x2) / 2, (y1 + y2) / 2, Math.max(x2 - x1, y2 - y1) * MARGIN);
  const seen = await look(session, side, image, first);
  const wanted = nextSquare(seen.landmarks, first, side);
  const isNear = boxIou(first, wanted) >= NEAR;
  const square = isNear ? first : wanted;
  const { landmarks, presence, person } = isNear ? seen : await look(session, side, image, square);
  const data = new Float32Array(person.length);
  for (let i = 0; i < data.length; i++) data[i] = sigmoid(person[i]!);
  return {
    presence: presence[0]!,
    points: toImage(landmarks, square, side),
    person: { box: square, side, data },
  };
}

async function look(session: Pick<Session, 'run'>, side: number, image: Image, square: Box) {
  const data = await cropSquare(image, square, side);
  const outputs = await session.run({ image: { data, shape: [1, side, side, 3] } });
  return outputs as Record<'landmarks' | 'presence' | 'person', Float32Array>;
}

/** The points of the body, Float32Array [33, 4], in pixels of the image. */
function toImage(raw: Float32Array, [left, top, right]: Box, side: number): Float32Array {
  const scale = (right - left) / side;
  const points = new Float32Array(BODY_POINTS * 4);
  for (let i = 0; i < BODY_POINTS; i++) {
    points[i * 4] = left + raw[i * NUMBERS]! * scale;
    points[i * 4 + 1] = top + raw[i * NUMBERS + 1]! * scale;
    points[i * 4 + 2] = raw[i * NUMBERS + 2]! * scale;
    points[i * 4 + 3] = sigmoid(raw[i * NUMBERS + 3]!);
  }
  return points;
}

/** Where to look next, by the network's own two points; the same square if it made nothing of that one. */
function nextSquare(raw: Float32Array, square: Box, side: number): Box {
  const [left, top, right] = square;
  const scale = (right - left) / side;
  const [x, y] = [raw[HIPS_CENTRE * NUMBERS]!, raw[HIPS_CENTRE * NUMBERS + 1]!];
  const radius = Math.hypot(raw[CIRCLE * NUMBERS]! - x, raw[CIRCLE * NUMBERS + 1]! - y);
  const wanted = 2 * radius * MARGIN;
  if (!(wanted > side / 8 && wanted < side * 4)) return square;
  return squareAround(left + x * scale, top + y * scale, wanted * scale);
}

function squareAround(x: number, y: number, side: number): Box {
  const half = Math.max(4, side / 2);
  return [x - half, y - half, x + half, y + half];
}

/** The square's pixels, Uint8Array [side, side, 3]; black beyond the image. */
async function cropSquare(image: Image, [left, top, right, bottom]: Box, side: number): Promise<Uint8Array> {
  const out = new Uint8Array(side * side * 3);
  const [x1, y1] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
  const [x2, y2] = [Math.min(image.width, Math.ceil(right)), Math.min(image.height, Math.ceil(bottom))];
  if (x2 - x1 < 1 || y2 - y1 < 1) return out;
  const scale = side / (right - left);
  const at = (value: number, from: number) => Math.min(side, Math.max(0, Math.round((value - from) * scale)));
  const [toX, toY] = [at(x1, left), at(y1, top)];
  const [width, height] = [at(x2, left) - toX, at(y2, top) - toY];
  if (width < 1 || height < 1) return out;
  const part = await resizeRegion(image, [x1, y1, x2, y2], width, height);
  for (let y = 0; y < height; y++) {
    out.set(part.data.subarray(y * width * 3, (y + 1) * width * 3), ((toY + y) * side + toX) * 3);
  }
  return out;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
