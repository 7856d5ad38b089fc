import { describe, expect, it } from 'vitest';
import {
  cleanLink,
  cleanParagraphs,
  cleanText,
  cleanValue,
} from '../../../../../server/catalogue/feed/clean.ts';

import { columnName } from '../../../../../server/catalogue/feed/columns.ts';
import { splitAddresses } from '../../../../../server/catalogue/feed/image-links.ts';
import { splitLinks } from '../../../../../server/catalogue/feed/links.ts';

describe('a text', () => {
  it.each([
    ['Plain tee', 'Plain tee'],
    ['Cre\u0300me bru\u0302le\u0301e', 'Cr\u00e8me br\u00fbl\u00e9e'],
    ['Gr\u00f6\u00dfe', 'Gr\u00f6\u00dfe'],
    ['Tee &amp; Skirt', 'Tee & Skirt'],
    ['Tee &amp;amp; Skirt', 'Tee & Skirt'],
    ['Caf&eacute; &quot;Noir&quot;', 'Café "Noir"'],
    ['Men&#39;s &#x2F; Women&rsquo;s', "Men's / Women’s"],
    ['H&M Tee', 'H&M Tee'],
    ['AT&T;', 'AT&T;'],
    ['R&D&B', 'R&D&B'],
    ['<b>Red</b> dress', 'Red dress'],
    ['&lt;b&gt;Red&lt;/b&gt; dress', 'Red dress'],
    ['Red<br/>dress', 'Red dress'],
    ['<p>Red</p><p>dress</p>', 'Red dress'],
    ['<span class="x" data-y=\'1\'>Red</span> dress', 'Red dress'],
    ['Red dress<script>alert("x")</script>', 'Red dress'],
    ['Red <!-- new --> dress', 'Red dress'],
    ['<style>p { color: red }</style>Red', 'Red'],
    ['Size <38', 'Size <38'],
    ['Size <38 or >44', 'Size <38 or >44'],
    ['Tee <New> now', 'Tee <New> now'],
    ['a < b > c', 'a < b > c'],
    ['Zero\u200bwidth', 'Zerowidth'],
    ['\ufeffTee', 'Tee'],
    ['Cot\u00adton tee', 'Cotton tee'],
    ['Left\u200eto\u202eright', 'Lefttoright'],
    ['Jo\u200din\u200cer', 'Joiner'],
    ['\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'],
    ['\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
    ['Red\u00a0dress', 'Red dress'],
    ['Red&nbsp;dress', 'Red dress'],
    ['  Red \t dress \r\n', 'Red dress'],
    ['A\u0000B\u0007', 'AB'],
    ['\ud800x', '\ufffdx'],
  ])('%j is %j', (text, cleaned) => {
    expect(cleanText(text)).toBe(cleaned);
  });

  it.each(['', ' ', '\u200b', '<br>', '&nbsp;', null, undefined])('%j is empty', (text) => {
    expect(cleanText(text)).toBeUndefined();
  });

  it('may be a number or a truth value, and no list or object', () => {
    expect([cleanText(12), cleanText(true)]).toEqual(['12', 'true']);
    expect([cleanText(['a']), cleanText({ a: 1 })]).toEqual([['a'], { a: 1 }]);
  });

  it('of several paragraphs keeps them', () => {
    expect(cleanParagraphs('<p>One.</p><p>Two<br>three.</p>\n\n\n\n<ul><li>Four</li></ul>')).toBe(
      'One.\n\nTwo\nthree.\n\nFour',
    );
  });

  it('of nothing but beginnings of tags is read in one pass', () => {
    const text = ['<&amp;', '<p ', '<!--', '<script>', '<style ']
      .map((part) => part.repeat(100_000))
      .join('');
    expect(cleanParagraphs(`${text}end`)).toMatch(/end$/);
  });
});

describe('an id', () => {
  it('keeps entities and tags, and loses what nobody sees', () => {
    expect(cleanValue(' A&amp;B<b>\u200b ')).toBe('A&amp;B<b>');
    expect(cleanValue('e\u0301')).toBe('\u00e9');
  });
});

describe('a link', () => {
  it('is not composed, and its escaped ampersands are unescaped', () => {
    expect(cleanLink(' https://x.example/e\u0301.jpg?a=1&amp;b=2\u200b ')).toBe(
      'https://x.example/e\u0301.jpg?a=1&b=2',
    );
  });
});

describe('what would take time that grows with the square of its length', () => {
  const MANY = 400_000;

  it.each<[string, () => unknown]>([
    ['accents on one letter', () => cleanText(`a${'\u0315\u0300\u05ae'.repeat(MANY)}`)],
    ['accents in a value', () => cleanValue(`a${'\u0315\u0300\u05ae'.repeat(MANY)}`)],
    ['spaces in a column’s name', () => columnName(`a${' '.repeat(MANY)}b`)],
    ['separators in a list of links', () => splitLinks(','.repeat(MANY))],
    ['separators before an address', () => splitAddresses(`http://a.example/${' ,'.repeat(MANY)}x`)],
  ])('ends soon: %s', (_, read) => {
    expect(() => read()).not.toThrow();
  });

  it('keeps as many accents as any script has', () => {
    const zalgo = `a${'\u0323\u0301'.repeat(15)}`;
    expect(cleanText(zalgo)).toBe(zalgo.normalize('NFC'));
    expect(cleanText(`${zalgo}\u0301b`)).toBe(`${zalgo}b`.normalize('NFC'));
  });
});
