import { describe, expect, it } from 'vitest';
import { decodeText, problemsAsCsv, readLooks } from '../../../../web/lib/looks-file.ts';

function read(text: string) {
  const file = readLooks(text);
  if (typeof file === 'string') throw new Error(file);
  return file;
}

describe('readLooks', () => {
  it('gathers the rows of each look in their order, wherever they are', () => {
    const { looks, problems } = read('look_id,item_id,name\na,1,City\nb,7,\na,2,Another\n\nb,8,Sea\n');
    expect(problems).toEqual([]);
    expect(looks).toEqual([
      { id: 'a', name: 'City', itemIds: ['1', '2'], rows: [2, 4] },
      { id: 'b', name: 'Sea', itemIds: ['7', '8'], rows: [3, 6] },
    ]);
  });

  it.each([
    ['semicolons', 'look_id;item_id\na;1\na;2'],
    ['tabs and CRLF', 'look_id\titem_id\r\na\t1\r\na\t2\r\n'],
    ["Excel's first line", 'sep=;\nlook_id;item_id\na;1\na;2'],
    ['one that is wrong', 'sep=;\nlook_id,item_id\na,1\na,2'],
    ['one that is quoted, of tabs, after a mark', '\uFEFF"sep=\\t"\r\nlook_id\titem_id\r\na\t1\r\na\t2'],
    ['a mark of UTF-8', '\uFEFFlook_id,item_id\na,1\na,2'],
    ['other spelling and order of the columns', 'Price,Item ID, Look-Id \n9,1,a\n9,2, a '],
    ['quotation marks', '"look_id","item_id"\n"a","1"\n"a","2"'],
  ])('reads %s', (_, text) => {
    expect(read(text).looks).toEqual([{ id: 'a', name: null, itemIds: ['1', '2'], rows: [2, 3] }]);
  });

  it('leaves out a look of which one row is wrong, and says which row', () => {
    const text = 'look_id,item_id\na,1\na,\nb,1\nb,2\nb,1\n,5\nc,1\nc,2\n';
    const { looks, problems } = read(text);
    expect(looks.map(({ id }) => id)).toEqual(['c']);
    expect(problems).toEqual([
      { row: 3, lookId: 'a', itemId: null, reason: 'The item_id is missing.' },
      { row: 6, lookId: 'b', itemId: '1', reason: 'The look has this item already.' },
      { row: 7, lookId: null, itemId: '5', reason: 'The look_id is missing.' },
    ]);
  });

  it('reports a look of too many items once', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `a,${i}`).join('\n');
    const { looks, problems } = read(`look_id,item_id\n${rows}`);
    expect(looks).toEqual([]);
    expect(problems).toEqual([
      { row: 22, lookId: 'a', itemId: '20', reason: 'A look has at most 20 items.' },
    ]);
  });

  it.each([
    ['', 'There is nothing in it.'],
    ['look_id,item_id\n\n', 'There is nothing in it.'],
    ['look;item_id\na;1', 'It has no column look_id. Its columns are: look, item_id.'],
    ['look_id\na', 'It has no column item_id. Its columns are: look_id.'],
    ['look_id,item_id\na,1\n"b,2\nc,3', 'Row 3 begins with a quotation mark that does not end.'],
  ])('refuses %j', (text, reason) => {
    expect(readLooks(text)).toBe(reason);
  });
});

describe('problemsAsCsv', () => {
  it('quotes what needs it, and runs nothing in a spreadsheet', () => {
    const problem = { row: 2, lookId: '=1+1', itemId: null, reason: 'Left out, "again".' };
    expect(problemsAsCsv([problem])).toBe(`row,look_id,item_id,reason\r\n2,"'=1+1",,"Left out, ""again""."`);
  });
});

describe('decodeText', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode('für')],
    ['UTF-16, little end first', new Uint8Array([0xff, 0xfe, 0x66, 0, 0xfc, 0, 0x72, 0])],
    ['UTF-16, big end first', new Uint8Array([0xfe, 0xff, 0, 0x66, 0, 0xfc, 0, 0x72])],
    ['Windows-1252', new Uint8Array([0x66, 0xfc, 0x72])],
  ])('reads %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe('für');
  });
});
