import { expect, it } from 'vitest';
import { idOfParameter, itemPath, usualAddress } from '../../../../web/lib/path-id.ts';

const IDS = [
  'plain-1_A.b',
  'A B',
  'A%20B',
  'A%2520B',
  'A/1',
  'A%2F1',
  '%2F',
  '%25',
  '100%',
  'SALE-50%OFF',
  'a?b=c#d&e+f',
  'a\\b:c;d,e@f',
  "it's (1)!*",
  '"<>|^`{}[]',
  'grün',
  '連衣裙',
  '👗',
  '~',
  'A~20B',
  '.',
  '..',
  '...',
  '.a.',
  'a.rsc',
  'a.prefetch.rsc',
];

it.each(IDS)('the path of %s is left alone by browsers, and leads back to it', (id) => {
  const path = itemPath(id);
  expect(new URL(path, 'https://shop.example').href).toBe(`https://shop.example${path}`);
  expect(path).not.toContain('%');
  const parameter = path.slice('/items/'.length);
  expect(parameter).not.toContain('/');
  expect(idOfParameter(parameter)).toBe(id);
  expect(idOfParameter(encodeURIComponent(parameter))).toBe(id);
});

it('no two ids share a path', () => {
  expect(new Set(IDS.map(itemPath)).size).toBe(IDS.length);
});

it('ids of the usual letters are in their paths as they are', () => {
  expect(itemPath('plain-1_A.b')).toBe('/items/plain-1_A.b');
});

it.each(IDS.filter((id) => /%|\.rsc$/.test(encodeURIComponent(id))))(
  'the address of %s as others write it',
  (id) => {
    expect(usualAddress(`/items/${encodeURIComponent(id)}`)).toBe(itemPath(id));
    expect(usualAddress(`/items/${encodeURIComponent(id)}?x=%2F/`)).toBe(`${itemPath(id)}?x=%2F/`);
  },
);

it.each([
  '/items',
  '/items/A',
  '/items/A~20B',
  '/items?x=%20',
  '/items/A/%20',
  '/photos/%20',
  '/items/A?x=%20',
])('the address %s stays as it is', (address) => {
  expect(usualAddress(address)).toBeNull();
});

it.each([
  ['A%2F1', 'A/1'],
  ['SALE-50%OFF', 'SALE-50%OFF'],
  ['100%', '100%'],
])('reads the id of the parameter %s', (parameter, id) => {
  expect(idOfParameter(parameter)).toBe(id);
});
