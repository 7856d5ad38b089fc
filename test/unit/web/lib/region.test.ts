import { describe, expect, it } from 'vitest';
import { dragAt } from '../../../../web/lib/region.ts';

const region = { x1: 100, y1: 100, x2: 200, y2: 300 };

describe('a drag on a drawn box', () => {
  it.each([
    ['from its upper left corner spans it from the lower right', [104, 97], { corner: [200, 300] }],
    ['from its lower right corner spans it from the upper left', [195, 305], { corner: [100, 100] }],
    ['from its upper right corner', [200, 100], { corner: [100, 300] }],
    ['from its lower left corner', [100, 300], { corner: [200, 100] }],
    ['from within moves it', [150, 200], { from: [150, 200], region }],
    ['from beside draws another', [50, 200], { corner: [50, 200] }],
  ] as const)('%s', (_, point, drag) => {
    expect(dragAt(region, point, 10)).toEqual(drag);
  });
});
