import { expect, it } from 'vitest';
import { ByteCache } from '../../../../server/images/cache.ts';

it('forgets what was unused for longest once it is full', () => {
  const cache = new ByteCache(30);
  cache.set('a', Buffer.alloc(10));
  cache.set('b', Buffer.alloc(10));
  cache.set('c', Buffer.alloc(10));
  cache.get('a');
  cache.set('d', Buffer.alloc(10));
  expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key))).toEqual(['a', 'c', 'd']);
});

it('counts a value that is set again once', () => {
  const cache = new ByteCache(30);
  for (let i = 0; i < 5; i++) cache.set('a', Buffer.alloc(10));
  cache.set('b', Buffer.alloc(20));
  expect(cache.get('a')).toBeDefined();
});

it('does not take what would not fit', () => {
  const cache = new ByteCache(30);
  cache.set('a', Buffer.alloc(10));
  cache.set('b', Buffer.alloc(31));
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('a')).toBeDefined();
});
