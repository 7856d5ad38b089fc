import { expect, it } from 'vitest';
import { idOfParameter } from '../../../../web/lib/path-id.ts';

it.each([
  ['A%2F1', 'A/1'],
  ['plain', 'plain'],
  ['SALE-50%OFF', 'SALE-50%OFF'],
  ['100%', '100%'],
])('reads the id of the parameter %s', (parameter, id) => {
  expect(idOfParameter(parameter)).toBe(id);
});
