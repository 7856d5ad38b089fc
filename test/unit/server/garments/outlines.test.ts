import { expect, it } from 'vitest';
import type { GarmentRow } from '../../../../server/garments/garments.sql.ts';
import { outlineOf } from '../../../../server/garments/outlines.ts';
import { rleEncode } from '../../../../server/vision/masks/masks.ts';

const size = { width: 4, height: 4 };
const makeRow = () =>
  ({ ...size, mask: rleEncode({ ...size, data: new Uint8Array(16).fill(1) }) }) as GarmentRow;

it('is made once for a row, and one in each turn of the event loop', async () => {
  const rows = Array.from({ length: 5 }, makeRow);
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const asked = rows.map((row) => outlineOf(row, 'one'));
  rows.forEach((row, i) => {
    expect(outlineOf(row, 'one')).toBe(asked[i]);
  });
  expect(new Set(await Promise.all(asked)).size).toBe(1);
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(rows.length - 1);
});
