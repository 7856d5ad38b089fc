import { expect, it } from 'vitest';
import type { GarmentRow } from '../../../../server/garments/garments.sql.ts';
import { measureInTurn } from '../../../../server/garments/measure.ts';

it('measures a row once, and one in each turn of the event loop', async () => {
  const rows = Array.from({ length: 5 }, (_, i) => ({ id: String(i) }) as GarmentRow);
  const measured: string[] = [];
  const measure = measureInTurn(({ id }) => measured.push(id));
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const asked = rows.map((row) => measure(row, 'one'));
  rows.forEach((row, i) => {
    expect(measure(row, 'another')).toBe(asked[i]);
  });
  await Promise.all(asked);
  isOver = true;
  expect(measured).toEqual(['0', '1', '2', '3', '4']);
  expect(turns).toBeGreaterThanOrEqual(rows.length - 1);
});
