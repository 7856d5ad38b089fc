import { describe, expect, it } from 'vitest';
import { placeLabel } from '../../../../../web/components/garments/place-label.ts';

const picture = { width: 200, height: 400 };

describe('a garment’s label', () => {
  it('lies in the middle of the top edge of its box', () => {
    expect(placeLabel({ x1: 20, y1: 100, x2: 120, y2: 300 }, picture)).toEqual({
      left: '35%',
      top: '25%',
      transform: 'translate(-35%, -50%)',
    });
  });

  it('stays within the picture', () => {
    expect(placeLabel({ x1: -10, y1: -5, x2: 10, y2: 30 }, picture)).toMatchObject({ left: '0%', top: '5%' });
    expect(placeLabel({ x1: 190, y1: 399, x2: 210, y2: 400 }, picture)).toMatchObject({
      left: '100%',
      top: '95%',
    });
  });
});
