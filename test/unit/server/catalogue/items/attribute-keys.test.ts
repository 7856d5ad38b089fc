import { describe, expect, it } from 'vitest';
import {
  feedPattern,
  feedSleeve,
  patternKeys,
} from '../../../../../server/catalogue/items/attribute-keys.ts';
import { CATEGORY_IDS } from '../../../../../server/vocabulary/category.ts';
import { sleeveOf } from '../../../../../server/vocabulary/sleeve.ts';

describe('what a feed says of patterns', () => {
  it.each([
    ['A striped top', undefined, 'striped'],
    ['A top', 'Polka Dots', 'dotted'],
    // Its own column stands before the title.
    ['A striped top', 'Solid', 'plain'],
    ['A top', 'Ikat', 'ikat'],
    ['A top', 'Not striped', 'not striped'],
    ['A top, not striped but checked', undefined, 'checked'],
    ['A top', 'No print', 'plain'],
    ['Striped and floral', undefined, null],
    ['A top', undefined, null],
  ])('%s, %s: %s', (title, pattern, expected) => {
    const attributes = pattern === undefined ? undefined : { pattern };
    expect(feedPattern({ title, attributes })).toBe(expected);
  });

  it('is compared by the six, however it is asked for', () => {
    expect(['Gingham', 'PRINT', 'ikat'].flatMap(patternKeys)).toEqual(['checked', 'print', 'ikat']);
  });
});

describe('sleeves', () => {
  it.each([
    [{ sleeve_length: 'Long Sleeve' }, 'long'],
    [{ sleeve: 'Sleeveless' }, 'sleeveless'],
    [{ sleeve_type: 'Spaghetti straps' }, 'straps'],
    [{ sleeve_length: 'Kurzarm' }, 'short'],
    [{ sleeve_length: 'Langärmelig' }, 'long'],
    [{ sleeve: 'Ärmellos' }, 'sleeveless'],
    [{ sleeve: 'ohne Ärmel' }, 'sleeveless'],
    [{ sleeve_type: 'Spaghettiträger' }, 'straps'],
    [{ sleeve_length: 'Manches courtes' }, 'short'],
    [{ sleeve_length: 'manches longues' }, 'long'],
    [{ sleeve: 'sans manches' }, 'sleeveless'],
    [{ sleeve_type: 'fines bretelles' }, 'straps'],
    [{ sleeve_length: 'Manga corta' }, 'short'],
    [{ sleeve_length: 'manga larga' }, 'long'],
    [{ sleeve: 'sin mangas' }, 'sleeveless'],
    [{ sleeve_type: 'tirantes' }, 'straps'],
    [{ sleeve_length: '3/4' }, null],
    [{ sleeve_length: 'manches mi-longues' }, null],
    [{ sleeve_length: 'halblang' }, null],
    [undefined, null],
  ])('the feed says %o: %s', (attributes, expected) => {
    expect(feedSleeve({ title: 'A top', attributes })).toBe(expected);
  });

  it('are told by tops, outwear and dresses', () => {
    const told = ['short', 'long', 'short', 'long', 'sleeveless', 'straps', null, null, null];
    expect(CATEGORY_IDS.map(sleeveOf)).toEqual([...told, 'short', 'long', 'sleeveless', 'straps']);
  });
});
