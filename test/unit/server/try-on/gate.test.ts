import { describe, expect, it } from 'vitest';
import { frontality } from '../../../../server/try-on/front.ts';
import { asymmetry, refuseCategories, refuseGarment, refusePose } from '../../../../server/try-on/gate.ts';
import { personBox } from '../../../../server/try-on/person.ts';
import { BODY, type BodyPoint, type Box, type Pose } from '../../../../server/vision/contract.ts';
import { polygonMask } from '../../../../server/vision/masks/polygon.ts';

const SIZE = { width: 400, height: 600 };
const TEE: Box = [120, 100, 280, 300];
const tee = { category: 1, box: TEE };

/** Somebody who stands straight on, 100 from the shoulders to the hips; left is theirs. */
function makePose(moved: Partial<Record<BodyPoint, readonly [number, number]>> = {}, presence = 1): Pose {
  const points = new Float32Array(33 * 4).fill(1);
  const places = {
    leftShoulder: [231, 120],
    rightShoulder: [169, 120],
    leftHip: [220, 220],
    rightHip: [180, 220],
    ...moved,
  };
  for (const [name, place] of Object.entries(places)) points.set(place, BODY[name as BodyPoint] * 4);
  return { presence, points, person: { box: [0, 0, 1, 1], side: 1, data: new Float32Array(1) } };
}

describe('the gate', () => {
  it.each<[number | null, number | null, string | null]>([
    [7, 7, null],
    [9, 9, null],
    [5, 6, 'KIND_UNSUPPORTED'],
    [1, 8, 'OTHER_KIND'],
    [10, 12, 'OTHER_KIND'],
    [4, 4, 'KIND_UNSUPPORTED'],
    [null, 1, 'KIND_UNSUPPORTED'],
  ])('answers categories %s and %s with %s', (worn, item, answer) => {
    expect(refuseCategories(worn, item)).toBe(answer);
  });

  it.each<[Box, string | null]>([
    [TEE, null],
    [[0, 100, 160, 300], 'GARMENT_CUT_OFF'],
    [[120, 400, 280, 600], 'GARMENT_CUT_OFF'],
    [[120, 100, 160, 300], 'GARMENT_TOO_SMALL'],
  ])('answers a garment at %j with %s', (box, answer) => {
    expect(refuseGarment({ category: 1, box }, [], SIZE)).toBe(answer);
  });

  it('refuses what a coat covers, and not what a skirt touches', () => {
    expect(refuseGarment(tee, [{ category: 4, box: [100, 90, 300, 500] }], SIZE)).toBe('GARMENT_HIDDEN');
    expect(refuseGarment(tee, [{ category: 9, box: [120, 230, 280, 400] }], SIZE)).toBeNull();
  });

  it('wants somebody who faces the camera', () => {
    expect(frontality(makePose())).toBeCloseTo(1);
    expect(refusePose(makePose(), tee)).toBeNull();
    expect(refusePose(makePose({}, 0.4), tee)).toBe('NO_PERSON');
    expect(refusePose(makePose({ leftShoulder: [210, 120], rightShoulder: [190, 120] }), tee)).toBe(
      'NOT_FRONTAL',
    );
    // From behind.
    expect(refusePose(makePose({ leftShoulder: [169, 120], rightShoulder: [231, 120] }), tee)).toBe(
      'NOT_FRONTAL',
    );
  });

  it('refuses trousers whose waist is covered: they begin below the hips', () => {
    expect(refusePose(makePose(), { category: 8, box: [150, 190, 250, 500] })).toBeNull();
    expect(refusePose(makePose(), { category: 8, box: [150, 260, 250, 500] })).toBe('GARMENT_HIDDEN');
  });

  it('measures how unlike the halves of a mask are', () => {
    const whole = polygonMask(
      [
        [10, 0],
        [30, 0],
        [30, 20],
        [10, 20],
      ],
      { width: 40, height: 20 },
    );
    expect(asymmetry(whole, 19.5)).toBe(0);
    const half = polygonMask(
      [
        [20, 0],
        [30, 0],
        [30, 20],
        [20, 20],
      ],
      { width: 40, height: 20 },
    );
    expect(asymmetry(half, 19.5)).toBe(1);
  });
});

describe('where the person is', () => {
  it('follows from the garments: the head above a top, the feet below trousers', () => {
    const trousers = { category: 8, box: [140, 280, 260, 560] as Box };
    const [, top, , bottom] = personBox(tee, [trousers]);
    expect(top).toBeLessThan(100);
    expect(bottom).toBeGreaterThan(560);
  });
});
