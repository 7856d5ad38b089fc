/** What stands in front of a garment: hands and arms, by the pose and the colour of the face; and how somebody stands. */
import { BODY, type BodyPoint, type Image, type Point, type Pose } from '../vision/contract.ts';
import { distance } from './geometry.ts';

export function bodyPoint({ points }: Pose, name: BodyPoint): Point {
  const i = BODY[name] * 4;
  return [points[i]!, points[i + 1]!];
}

export function isVisible({ points }: Pose, name: BodyPoint, least = 0.5): boolean {
  return points[BODY[name] * 4 + 3]! >= least;
}

/**
 * How far somebody is turned to the camera, -1 to 1: the width of the shoulders by the height of the trunk, 1 for straight
 * on, negative from behind.
 */
export function frontality(pose: Pose): number {
  const [left, right] = [bodyPoint(pose, 'leftShoulder'), bodyPoint(pose, 'rightShoulder')];
  const [hipLeft, hipRight] = [bodyPoint(pose, 'leftHip'), bodyPoint(pose, 'rightHip')];
  const trunk = Math.abs((hipLeft[1] + hipRight[1]) / 2 - (left[1] + right[1]) / 2);
  const share = (left[0] - right[0]) / Math.max(1, trunk) / SHOULDERS;
  return Math.max(-1, Math.min(1, share));
}

/** Width between the shoulder joints by the height from there to the hips, of somebody who stands straight on. */
const SHOULDERS = 0.62;

/** Pixels of bare arms in a view of the photo, Uint8Array [height, width], `pose` in its pixels: as near to an arm's bones as an arm is wide, and of the face's colour. */
export function findArms(view: Image, pose: Pose, photo: Image, inPhoto: Pose): Uint8Array {
  const arms = new Uint8Array(view.width * view.height);
  const skin = skinOf(photo, inPhoto);
  if (!skin) return arms;
  for (const side of ['left', 'right'] as const) {
    if (!isVisible(pose, `${side}Wrist`, 0.3)) continue;
    const [shoulder, elbow, wrist] = (['Shoulder', 'Elbow', 'Wrist'] as const).map((joint) =>
      bodyPoint(pose, `${side}${joint}`),
    ) as [Point, Point, Point];
    const fore = distance(elbow, wrist);
    const upper = distance(shoulder, elbow);
    const hand: Point = [wrist[0] + (wrist[0] - elbow[0]) * 0.45, wrist[1] + (wrist[1] - elbow[1]) * 0.45];
    const thick = Math.max(fore, 0.6 * upper);
    paint(arms, view, elbow, wrist, thick * 0.24, skin);
    paint(arms, view, wrist, hand, thick * 0.34, skin);
    paint(arms, view, shoulder, elbow, upper * 0.22, skin);
  }
  return arms;
}

type Colour = readonly [luma: number, red: number, blue: number];

function colourAt({ data }: Image, i: number): Colour {
  const [r, g, b] = [data[i * 3]!, data[i * 3 + 1]!, data[i * 3 + 2]!];
  const sum = r + g + b + 1;
  return [sum / 3, r / sum, b / sum];
}

/** The middle colour of the face; null if it is not to be seen. */
function skinOf(photo: Image, pose: Pose): Colour | null {
  if (!isVisible(pose, 'nose')) return null;
  const [x, y] = bodyPoint(pose, 'nose');
  const r = Math.max(2, distance(bodyPoint(pose, 'leftEar'), bodyPoint(pose, 'rightEar')) * 0.3);
  const seen: Colour[] = [];
  for (let py = Math.floor(y - r); py <= y + r; py++) {
    for (let px = Math.floor(x - r); px <= x + r; px++) {
      if (px < 0 || py < 0 || px >= photo.width || py >= photo.height) continue;
      seen.push(colourAt(photo, py * photo.width + px));
    }
  }
  if (seen.length < 4) return null;
  const middle = (k: 0 | 1 | 2) => seen.map((c) => c[k]).sort((a, b) => a - b)[seen.length >> 1]!;
  return [middle(0), middle(1), middle(2)];
}

function paint(out: Uint8Array, photo: Image, a: Point, b: Point, r: number, skin: Colour): void {
  const { width, height } = photo;
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.max(1e-9, dx * dx + dy * dy);
  const [x1, x2] = [
    Math.max(0, Math.floor(Math.min(a[0], b[0]) - r)),
    Math.min(width - 1, Math.ceil(Math.max(a[0], b[0]) + r)),
  ];
  const [y1, y2] = [
    Math.max(0, Math.floor(Math.min(a[1], b[1]) - r)),
    Math.min(height - 1, Math.ceil(Math.max(a[1], b[1]) + r)),
  ];
  for (let y = y1; y <= y2; y++) {
    for (let x = x1; x <= x2; x++) {
      const t = Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length));
      if ((x - a[0] - t * dx) ** 2 + (y - a[1] - t * dy) ** 2 > r * r) continue;
      const i = y * width + x;
      const [luma, red, blue] = colourAt(photo, i);
      const bright = luma / Math.max(1, skin[0]);
      if (bright < 0.45 || bright > 1.9) continue;
      if (Math.abs(red - skin[1]) < 0.045 && Math.abs(blue - skin[2]) < 0.045) out[i] = 1;
    }
  }
}
