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
  ['//photos/0190a6f2', '/photos/…'],
  ['/photos//0190a6f2', '/photos/…'],
  ['/./photos/0190a6f2', '/photos/…'],
  ['/x/%2e%2E/photos/./0190a6f2', '/photos/…'],
  ['\\\\photos\\0190a6f2', '/photos/…'],
  ['/%70hotos%2f0190a6f2', '/photos/…'],
  ['/photos/0190a6f2/../x', '/photos/…'],
  ['/photos/%ff0190a6f2', '/photos/…'],
  ['/items/%C3%A9%20%3F%23', '/items/%C3%A9%20%3F%23'],
  [`/${'x'.repeat(400)}`, `/${'x'.repeat(299)}`],
])('%s is logged as %s', (path, logged) => {
  expect(shortPath(path)).toBe(logged);
});
