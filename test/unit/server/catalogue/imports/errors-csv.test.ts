import { describe, expect, it } from 'vitest';
import { errorToCsv } from '../../../../../server/catalogue/imports/errors-csv.ts';

const FORMULA = '=HYPERLINK(0)';
const cellOf = (reason: string) =>
  errorToCsv({ row: 2, itemId: null, severity: 'error', column: null, code: 'INVALID_ROW', reason }).slice(
    22,
    -1,
  );

describe('a cell of the list of errors', () => {
  it.each([
    ['a formula', ''],
    ['a space', ' '],
    ['a no-break space', '\u00a0'],
    ['a byte order mark', '\ufeff'],
    ['a zero-width space', '\u200b'],
    ['a zero-width joiner', '\u200d'],
    ['a soft hyphen', '\u00ad'],
    ['a mark of direction', '\u202e'],
    ['a word joiner', '\u2060'],
    ['a language tag', '\u{e0041}'],
    ['a variation selector', '\ufe0f'],
    ['a combining grapheme joiner', '\u034f'],
    ['a Hangul filler', '\u3164'],
    ['a blank of braille', '\u2800'],
    ['a control character', '\u0001'],
    ['a private character', '\ue000'],
    ['several of them', ' \u200b\ufeff\u00ad'],
  ])('is text behind %s', (_, unseen) => {
    for (const sign of ['=', '+', '-', '@', '\uff1d', '\ufe66']) {
      const cell = unseen + FORMULA.replace('=', sign);
      expect(cellOf(cell)).toBe(`'${cell}`);
    }
  });

  it('stays as it is where it is none', () => {
    expect(cellOf('Skirt = dress')).toBe('Skirt = dress');
    expect(cellOf('\u{1f457} 5-7')).toBe('\u{1f457} 5-7');
  });
});
