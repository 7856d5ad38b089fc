import { describe, expect, it } from 'vitest';
import { toUtf8, Utf8Survey, wideEncodingOf } from '../../../../../server/catalogue/feed/encoding.ts';

function survey(bytes: Buffer, piece: number) {
  const found = new Utf8Survey();
  for (let at = 0; at < bytes.length; at += piece) found.add(bytes.subarray(at, at + piece));
  return { good: found.good, bad: found.bad, cut: found.isCutOff };
}

describe('the survey of a feed', () => {
  it.each([1, 2, 3, 7, 1000])(
    'counts characters that are UTF-8 and bytes that are not, in pieces of %d',
    (piece) => {
      const bytes = Buffer.concat([
        Buffer.from('plain äöü€😀 '),
        Buffer.from('\xe4\xf6\x80', 'latin1'),
        Buffer.from(' ß'),
      ]);
      expect(survey(bytes, piece)).toEqual({ good: 6, bad: 3, cut: false });
    },
  );

  it('does not count a character that is cut off at the end', () => {
    expect(survey(Buffer.from('ä€').subarray(0, 4), 3)).toEqual({ good: 1, bad: 0, cut: true });
  });

  it('finds nothing in plain ASCII', () => {
    expect(survey(Buffer.from('id,title\n'), 4)).toEqual({ good: 0, bad: 0, cut: false });
  });
});

describe('UTF-16', () => {
  it.each([
    ['ab', undefined],
    ['id,title,image_link', 'utf-16le'],
    ['\ufeffid', 'utf-16le'],
  ])('%s', (text, name) => {
    expect(wideEncodingOf(Buffer.from(text, 'utf16le'))).toBe(name);
  });

  it('is told from UTF-8', () => {
    expect(wideEncodingOf(Buffer.from('id,title,image_link'))).toBeUndefined();
    expect(wideEncodingOf(Buffer.from('id,title,image_link', 'utf16le').swap16())).toBe('utf-16be');
  });

  it('is decoded across pieces', async () => {
    const bytes = Buffer.from('\ufeffa😀ü', 'utf16le');
    async function* pieces() {
      for (const byte of bytes) yield Buffer.from([byte]);
    }
    const parts: Buffer[] = [];
    for await (const part of toUtf8(pieces(), 'utf-16le')) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe('a😀ü');
  });
});
