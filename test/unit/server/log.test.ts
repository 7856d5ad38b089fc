import { expect, it } from 'vitest';
import { shortPath } from '../../../server/log.ts';

it.each([
  ['/graphql', '/graphql'],
  ['/items/A~2F1', '/items/A~2F1'],
  ['/imports/7/errors.csv', '/imports/7/errors.csv'],
  ['/photos/0190a6f2', '/photos/…'],
  ['/photos/0190a6f2/more', '/photos/…/more'],
  ['/outfits/AQIAAAAI', '/outfits/…'],
  ['/images/ab12.webp', '/images/…'],
  ['/Crops/ab12.webp', '/Crops/…'],
  ['/previews/a~b.webp', '/previews/…'],
  [`/${'x'.repeat(400)}`, `/${'x'.repeat(299)}`],
])('%s is logged as %s', (path, logged) => {
  expect(shortPath(path)).toBe(logged);
});
