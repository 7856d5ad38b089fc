import { expect, it } from 'vitest';
import { splitAddresses, toImageReference } from '../../../../../server/catalogue/feed/image-links.ts';
import { splitLinks } from '../../../../../server/catalogue/feed/links.ts';

const CDN = 'https://cdn.example/upload/w_800,h_600,c_fill/a.jpg';
const OTHER = 'http://img.example/b.jpg?size=1,2';

it.each([
  [CDN, [CDN]],
  [`${CDN},${OTHER}`, [CDN, OTHER]],
  [`${CDN}, ${OTHER}`, [CDN, OTHER]],
  [`${CDN};${OTHER}`, [CDN, OTHER]],
  [`${CDN}|${OTHER}`, [CDN, OTHER]],
  [`${CDN} | ${OTHER}`, [CDN, OTHER]],
  [`${CDN} ${OTHER}`, [CDN, OTHER]],
  [`${CDN}\n${OTHER}`, [CDN, OTHER]],
  [`"${CDN}","${OTHER}"`, [CDN, OTHER]],
  [`"${CDN}"`, [CDN]],
  [`'${CDN}','${OTHER}'`, [CDN, OTHER]],
  [`["${CDN}", "${OTHER}"]`, [CDN, OTHER]],
  [`${CDN},//img.example/c.jpg`, [CDN, '//img.example/c.jpg']],
  [`${CDN},`, [CDN]],
  [`b.jpg, ${CDN}`, ['b.jpg', CDN]],
  [`${CDN}, b.jpg`, [CDN, 'b.jpg']],
  ['b.jpg,img/c.jpg', ['b.jpg', 'img/c.jpg']],
  ['b.jpg;c.jpg', ['b.jpg', 'c.jpg']],
])('the cell %j holds %j', (cell, links) => {
  expect(splitLinks(cell)).toEqual(links);
});

it.each([
  [CDN, [CDN]],
  [`${CDN},${OTHER}`, [CDN, OTHER]],
  ['red, long.jpg', ['red, long.jpg']],
])('the cell %j of one picture holds %j', (cell, links) => {
  expect(splitAddresses(cell)).toEqual(links);
});

it.each([
  ['//cdn.example/a.jpg', 'https://cdn.example/a.jpg'],
  ['HTTP://x.example/a.jpg', 'HTTP://x.example/a.jpg'],
  ['./img\\a.jpg', 'img/a.jpg'],
  ['///etc/passwd', undefined],
  ['//', undefined],
  ['https://', undefined],
])('%j means %j', (link, reference) => {
  expect(toImageReference(link)).toBe(reference);
});
