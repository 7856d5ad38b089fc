import { add, between, distance, downward, type Point, Spine, scale } from './geometry.ts';

/** 'left' and 'right' are the viewer's, here and in every file of this folder. */
export type Side = 'left' | 'right';
export const SIDES: readonly Side[] = ['left', 'right'];
/** −1 for what lies towards smaller x. */
export const sign = (side: Side) => (side === 'left' ? -1 : 1);

/** Half widths in figure units; a figure is 800 units tall, with its feet at y = 790 and its middle at x = 0. */
export interface Build {
  readonly shoulder: number;
  readonly chest: number;
  readonly waist: number;
  readonly hip: number;
  readonly arm: number;
  readonly thigh: number;
}

/** Angles in radians from hanging straight down, positive outwards: upper bone, then lower bone. */
export type Limb = readonly [upper: number, lower: number];

export interface Pose {
  /** Tilt of the chest and of the pelvis, radians, positive: the right side lower. */
  readonly chestTilt: number;
  readonly hipTilt: number;
  /** Units that the pelvis is pushed to the right. */
  readonly sway: number;
  readonly arms: Record<Side, Limb>;
  readonly legs: Record<Side, Limb>;
}

/** A level of the trunk: its centre, the unit vector across it (to the right) and its half width. */
export interface Level {
  readonly centre: Point;
  readonly across: Point;
  readonly half: number;
}

/** Where everything of a posed body lies. Garments are drafted on it, whether or not a person is drawn inside. */
export interface Figure {
  readonly build: Build;
  readonly neckBase: Point;
  readonly neckSide: Record<Side, Point>;
  readonly shoulder: Record<Side, Point>;
  readonly head: Point;
  readonly arm: Record<Side, Spine>;
  readonly leg: Record<Side, Spine>;
  readonly wrist: Record<Side, Point>;
  readonly ankle: Record<Side, Point>;
  readonly crotch: Point;
  /** s: −1 shoulder line, 0 armpits, 1 waist, 2 hips, 3 knees, 4 ankles; anything between is interpolated. */
  level(s: number): Level;
}

export const NECK = 23;

export function poseFigure(build: Build, pose: Pose): Figure {
  const pelvis: Point = [pose.sway, 378];
  const acrossHips: Point = [Math.cos(pose.hipTilt), Math.sin(pose.hipTilt)];
  const acrossChest: Point = [Math.cos(pose.chestTilt), Math.sin(pose.chestTilt)];
  const waist: Point = [pose.sway * 0.45, 294];
  const chest: Point = [pose.sway * -0.1, 200];
  const up: Point = [acrossChest[1], -acrossChest[0]];
  const shoulderLine = add(chest, scale(up, 45));
  const neckBase = add(chest, scale(up, 67));
  const pair = (make: (side: Side) => Point) => ({ left: make('left'), right: make('right') });
  const shoulder = pair((side) => add(shoulderLine, scale(acrossChest, sign(side) * build.shoulder)));
  const neckSide = pair((side) => add(neckBase, scale(acrossChest, sign(side) * NECK)));
  const swing = (side: Side, angle: number) => downward(side === 'left' ? angle : -angle);

  const arms = { left: null as unknown as Spine, right: null as unknown as Spine };
  const legs = { left: null as unknown as Spine, right: null as unknown as Spine };
  for (const side of SIDES) {
    const joint = add(add(shoulder[side], scale(acrossChest, -sign(side) * 13)), scale(up, -13));
    const elbow = add(joint, scale(swing(side, pose.arms[side][0]), 118));
    const wrist = add(elbow, scale(swing(side, pose.arms[side][1]), 106));
    arms[side] = new Spine(joint, elbow, wrist);
    const hipJoint = add(add(pelvis, scale(acrossHips, sign(side) * build.hip * 0.5)), [0, 22]);
    const knee = add(hipJoint, scale(swing(side, pose.legs[side][0]), 172));
    legs[side] = new Spine(hipJoint, knee, add(knee, scale(swing(side, pose.legs[side][1]), 176)));
  }
  const knees = pair((side) => legs[side].at(0.5));
  const ankles = pair((side) => legs[side].at(1));
  const straight: Point = [1, 0];
  const levels: Level[] = [
    { centre: shoulderLine, across: acrossChest, half: build.shoulder },
    { centre: chest, across: acrossChest, half: build.chest },
    { centre: waist, across: unitBetween(acrossChest, acrossHips), half: build.waist },
    { centre: pelvis, across: acrossHips, half: build.hip },
    {
      centre: between(knees.left, knees.right, 0.5),
      across: straight,
      half: distance(knees.left, knees.right) / 2 + build.thigh * 0.75,
    },
    {
      centre: between(ankles.left, ankles.right, 0.5),
      across: straight,
      half: distance(ankles.left, ankles.right) / 2 + 16,
    },
  ];
  return {
    build,
    neckBase,
    neckSide,
    shoulder,
    head: add(neckBase, [up[0] * 74 + pose.chestTilt * 20, -74]),
    arm: arms,
    leg: legs,
    wrist: pair((side) => arms[side].at(1)),
    ankle: ankles,
    crotch: add(pelvis, [0, 30]),
    level: (s) => interpolate(levels, s),
  };
}

function unitBetween(a: Point, b: Point): Point {
  const middle = between(a, b, 0.5);
  const length = Math.hypot(middle[0], middle[1]);
  return [middle[0] / length, middle[1] / length];
}

function interpolate(levels: readonly Level[], s: number): Level {
  const position = Math.min(Math.max(s + 1, 0), levels.length - 1);
  const index = Math.min(Math.floor(position), levels.length - 2);
  const from = levels[index] as Level;
  const to = levels[index + 1] as Level;
  const t = position - index;
  // Half widths ease in and out of each level, so that waists and hips round instead of kinking.
  const eased = t * t * (3 - 2 * t);
  return {
    centre: between(from.centre, to.centre, t),
    across: between(from.across, to.across, t),
    half: from.half + (to.half - from.half) * eased,
  };
}

/** The invisible body under a garment laid flat or hung up: straight, with arms and legs a little apart. */
export function flatFigure(arms: number, legs: number, build: Partial<Build> = {}): Figure {
  return poseFigure(
    { shoulder: 72, chest: 60, waist: 52, hip: 64, arm: 15, thigh: 31, ...build },
    {
      chestTilt: 0,
      hipTilt: 0,
      sway: 0,
      arms: { left: [arms, arms * 0.75], right: [arms, arms * 0.75] },
      legs: { left: [legs, legs * 0.7], right: [legs, legs * 0.7] },
    },
  );
}
