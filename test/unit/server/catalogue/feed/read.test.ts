import { describe, expect, it } from 'vitest';
import type { FeedFiles } from '../../../../../server/catalogue/feed/files.ts';
import type { RawRow } from '../../../../../server/catalogue/feed/raw.ts';
import { checkRows, readFeed } from '../../../../../server/catalogue/feed/read.ts';
import { LIMITS } from '../../../../../server/catalogue/limits.ts';
import { ITEMS_HEADER } from '../../../../../server/catalogue/staff/items-csv.ts';

const HEADER = 'id,title,image_link';

function feedOf(content: string | Buffer | (() => AsyncIterable<Buffer>), piece = 7): FeedFiles {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  async function* pieces() {
    if (!Buffer.isBuffer(bytes)) yield* bytes();
    else for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  return {
    feed: { name: 'feed', open: async () => pieces() },
    imageNames: [],
    readImage: () => Promise.reject(new Error('none')),
    close: async () => undefined,
  };
}

async function read(content: string | Buffer | (() => AsyncIterable<Buffer>), piece?: number) {
  const rows = [];
  const rejected = [];
  const warnings = [];
  for await (const one of readFeed(feedOf(content, piece))) {
    if ('row' in one) {
      rows.push({ number: one.number, ...one.row });
      warnings.push(...one.warnings.map((warning) => ({ row: one.number, ...warning })));
    } else rejected.push(one.rejected);
  }
  return {
    rows,
    rejected,
    warnings,
    ids: rows.map(({ id }) => id),
    codes: rejected.map(({ row, code }) => [row, code]),
  };
}

describe('a CSV feed', () => {
  it('is read column by column, whatever its order, with unknown columns left out', async () => {
    const { rows, rejected } = await read(
      'title,g:id,Image Link,shipping weight,price,additional_image_link,availability,google_product_category\n' +
        '"Dress, red",a1,img/a.jpg,2 kg,19.90 EUR,"b.jpg, https://x.example/c.jpg",out of stock,2271\n',
    );
    expect(rejected).toEqual([]);
    expect(rows).toMatchObject([
      {
        number: 2,
        id: 'a1',
        title: 'Dress, red',
        images: ['img/a.jpg', 'b.jpg', 'https://x.example/c.jpg'],
        priceMinor: 1990,
        currency: 'EUR',
        availability: 'out_of_stock',
        googleProductCategory: '2271',
      },
    ]);
    expect(Object.keys(rows[0]!)).not.toContain('shipping_weight');
    expect(rows[0]!.attributes).toBeUndefined();
  });

  it("keeps the shop's own columns as attributes", async () => {
    const { rows } = await read(
      'id,title,image_link,Neck Line,material,note,shipping_weight,empty\n' +
        `a1,Dress,a.jpg,V, Linen ,${'x'.repeat(LIMITS.attributeLength + 1)},2 kg, \n`,
    );
    expect(rows[0]!.attributes).toEqual({ neck_line: 'V', material: 'Linen' });
  });

  it('keeps so many attributes and no more', async () => {
    const names = Array.from({ length: LIMITS.attributes + 3 }, (_, i) => `own_${i}`);
    const { rows } = await read(
      `id,title,image_link,${names.join(',')}\na1,Dress,a.jpg,${names.map(() => 'x').join(',')}\n`,
    );
    expect(Object.keys(rows[0]!.attributes ?? {})).toEqual(names.slice(0, LIMITS.attributes));
  });

  it.each([
    ['a byte order mark', `\ufeff${HEADER}\na,A,a.jpg\n`],
    ['a line that says how it is separated', 'sep=;\r\nid;title;image_link\r\na;A;a.jpg\r\n'],
    ['the same with a tab', 'sep=\t\nid\ttitle\timage_link\na\tA\ta.jpg'],
    ['the same with another mark than it uses', 'sep=|\nid;title;image_link\na;A;a.jpg'],
    ['a title above', `My shop\n\n${HEADER}\na,A,a.jpg\n`],
    ['lone carriage returns', `${HEADER}\ra,A,a.jpg\r`],
    ['pipes', 'id|title|image_link\na|A|a.jpg'],
    ['semicolons', 'id;title;image_link\na;A;a.jpg\n'],
    ['tabs', 'id\ttitle\timage_link\na\tA\ta.jpg'],
    ['Windows line ends', `${HEADER}\r\na,A,a.jpg\r\n`],
    ['blank lines', `\n${HEADER}\n\n  \na,A,a.jpg\n\n`],
    ['empty cells over the width', `${HEADER}\na,A,a.jpg,,\n`],
  ])('may have %s', async (_, text) => {
    expect(await read(text)).toMatchObject({ ids: ['a'], rejected: [] });
  });

  it('may be UTF-16 with a byte order mark', async () => {
    const text = Buffer.from(`\ufeff${HEADER}\na,Größe,a.jpg\n`, 'utf16le');
    expect((await read(text)).rows).toMatchObject([{ id: 'a', title: 'Größe' }]);
  });

  it('keeps a quoted field with commas, quotes and line ends', async () => {
    const { rows } = await read(`${HEADER}\na,"one, ""two""\nthree",a.jpg\nb,B,b.jpg\n`);
    expect(rows).toMatchObject([{ id: 'a', title: 'one, "two" three' }, { id: 'b' }]);
  });

  it('reads a stray quote inside a field', async () => {
    expect((await read(`${HEADER}\na,5" heel,a.jpg\nb,B,b.jpg\n`)).rows).toMatchObject([
      { id: 'a', title: '5" heel' },
      { id: 'b' },
    ]);
  });

  it('loses one row to a quote that is never closed, not those after it', async () => {
    const more = Array.from({ length: 300 }, (_, i) => `g${i},"Good ${i}",g.jpg`).join('\n');
    const { ids, codes } = await read(`${HEADER}\na,A,a.jpg\nb,"broken,b.jpg\n${more}\n`, 1000);
    expect(ids).toHaveLength(301);
    expect(codes).toEqual([[3, 'INVALID_ROW']]);
  });

  it.each([',', '\t'])('keeps a size chart of 110 lines in one cell: %j', async (mark) => {
    const cells = '<td>S</td>\n<td>88</td>\n<td>70</td>\n<td>96</td>\n<td>61</td>'.replaceAll('\n', '\r\n');
    const chart = `<table>\r\n${`<tr>\r\n${cells}\r\n</tr>\r\n`.repeat(15)}</table>`;
    const rows = [
      ['id', 'title', 'image_link', 'description'],
      ...['a', 'b'].map((id) => [id, 'A', 'a.jpg', `"${chart}"`]),
    ];
    const { rows: read1, rejected } = await read(rows.map((row) => row.join(mark)).join('\r\n'), 500);
    expect(rejected).toEqual([]);
    expect(read1).toMatchObject([
      { id: 'a', description: expect.stringMatching(/^S\n+88\n.*61$/s) },
      { id: 'b' },
    ]);
  });

  it.each([
    ['of 60,000 characters', 2000, 31],
    ['of 19,000 lines and nearly a million characters', 19_000, 51],
  ])('cuts a description %s, and loses no row', async (_, lines, width) => {
    const text = `"${`${'x'.repeat(width - 1)}\n`.repeat(lines)}"`;
    const { rows, rejected, warnings } = await read(
      `${HEADER},description\na,A,a.jpg,${text}\nb,B,b.jpg,\n`,
      65_536,
    );
    expect(rejected).toEqual([]);
    expect(rows.map(({ id, description = '' }) => [id, description.length])).toEqual([
      ['a', LIMITS.descriptionLength],
      ['b', 0],
    ]);
    expect(warnings).toMatchObject([{ row: 2, column: 'description', code: 'FIELD_TOO_LONG' }]);
  });

  it.each([
    ['lines', '\n'.repeat(LIMITS.recordLines + 5)],
    ['characters', `${'x'.repeat(1000)}\n`.repeat(LIMITS.recordLength / 1000 + 1)],
  ])('says of a cell with too many %s how many a row may have', async (_, text) => {
    const { ids, rejected } = await read(`${HEADER},description\na,A,a.jpg,"${text}"\nb,B,b.jpg,\n`, 65_536);
    expect(ids).toEqual(['b']);
    const reason = /never closed, or the row has more than 20000 lines or 1048576 characters/;
    expect(rejected[0]).toMatchObject({ row: 2, reason: expect.stringMatching(reason) });
  });

  it('loses no rows to a quote that is closed by one far below them', async () => {
    const more = Array.from({ length: 300 }, (_, i) => `g${i},Good,g.jpg`).join('\n');
    const { ids } = await read(`${HEADER}\na,A,"a.jpg\n${more}\nb,B,b.jpg"\nc,C,c.jpg\n`, 1000);
    expect(ids.slice(0, 300)).toEqual(Array.from({ length: 300 }, (_, i) => `g${i}`));
    expect(ids).toContain('c');
  });

  it('gives others their turn while it reads lines again that a quote had run over', async () => {
    let turns = 0;
    async function* once() {
      const lines = `b,B,b.jpg${'\n'.repeat(21_000)}`;
      yield Buffer.from(`${HEADER}\na,5" heel,a.jpg\n<p>\n${'\n'.repeat(15_000)}${lines}`);
    }
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const { ids } = await read(once);
    isOver = true;
    expect(ids).toEqual(['a', 'b']);
    // 36,000 lines, and 20,000 of them again, a thousand at a time.
    expect(turns).toBeGreaterThan(50);
  });

  it('gives others their turn between rows that take long', async () => {
    let turns = 0;
    async function* rows(): AsyncGenerator<RawRow> {
      const description = '<td>88</td>'.repeat(20_000);
      for (let row = 0; row < 10; row++)
        yield { row, fields: { id: row, title: 'A', image_link: 'a.jpg', description } };
    }
    const turn = () => {
      turns += 1;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    for await (const one of checkRows(rows())) expect(one).toHaveProperty('row');
    clearImmediate(next);
    expect(turns).toBeGreaterThan(2);
  });

  it('counts as empty only lines between rows, and each once', async () => {
    const blank = '\n'.repeat(2000);
    const inside = Array.from({ length: 600 }, (_, i) => `a${i},A,a.jpg,"x${blank}y"`).join('\n');
    const heel = `b,5" heel,b.jpg,\n${'\n'.repeat(600_000)}`;
    const { ids, rejected } = await read(`${HEADER},description\n${inside}\n${heel}c,C,c.jpg,\n`, 65_536);
    expect([ids.length, rejected]).toEqual([602, []]);
  });

  it('skips lines of spaces or separators alone, as sheets do', async () => {
    const { rows, rejected } = await read(`,,\n${HEADER}\n,,\n , ,\n"","",""\na,A,a.jpg\n,,,,,\n`);
    expect(rejected).toEqual([]);
    expect(rows).toMatchObject([{ number: 6, id: 'a' }]);
  });

  it.each([
    ['spaces', `${HEADER}\n${' \n'.repeat(1_100_001)}`],
    ['separators', `${HEADER}\n${',,\n'.repeat(1_100_001)}`],
    ['JSON', `{"id":"a","title":"A","image_link":"a.jpg"}\n${'\n'.repeat(1_100_001)}`],
  ])('fails at more than 1,100,000 lines of nothing: %s', async (_, text) => {
    await expect(read(text, 65_536)).rejects.toThrow('more than 1100000 empty lines');
  });

  it('reports one row for a byte that is not UTF-8 in a cell of several lines', async () => {
    const start = Buffer.from(`${HEADER},description\na,Größe Ärmel,a.jpg,x\n`);
    const cells = 'b,B,b.jpg,"one\ntw\xf6\nthree"\nc,\xf6,c.jpg,"one\ntwo"\nd,D,d.jpg,x\n';
    const { ids, codes } = await read(Buffer.concat([start, Buffer.from(cells, 'latin1')]));
    expect(ids).toEqual(['a', 'd']);
    expect(codes).toEqual([
      [3, 'INVALID_ENCODING'],
      [4, 'INVALID_ENCODING'],
    ]);
  });

  it('reports too few and too many columns by row', async () => {
    const { ids, codes } = await read(`${HEADER}\na,A\nb,B,b.jpg\nc,C,c.jpg,more\n`);
    expect(ids).toEqual(['b']);
    expect(codes).toEqual([
      [2, 'INVALID_ROW'],
      [4, 'INVALID_ROW'],
    ]);
  });

  it('reports a row of a UTF-8 feed that is not UTF-8, and goes on', async () => {
    const start = Buffer.from(`${HEADER}\na,Größe Ärmel,a.jpg\n`);
    const { ids, codes } = await read(
      Buffer.concat([start, Buffer.from('b,Gr\xf6,b.jpg\nc,C,c.jpg\n', 'latin1')]),
    );
    expect(ids).toEqual(['a', 'c']);
    expect(codes).toEqual([[3, 'INVALID_ENCODING']]);
  });

  it('reports a line over the limit without keeping it', async () => {
    async function* long() {
      yield Buffer.from(`${HEADER}\na,`);
      for (let i = 0; i < 40; i++) yield Buffer.alloc(LIMITS.lineBytes / 16, 'x');
      yield Buffer.from('\nb,B,b.jpg\n');
    }
    const { ids, codes } = await read(long);
    expect(ids).toEqual(['b']);
    expect(codes).toEqual([[2, 'LINE_TOO_LONG']]);
  });

  it('counts pictures where a column of that name has a number, and names them elsewhere', async () => {
    const rows = [
      ['a', '3'],
      ['b', 'b.jpg'],
      ['c', '7.jpg'],
      ['d', 4],
    ];
    for (const feed of [
      `id,title,pictures\n${rows.map(([id, pictures]) => `${id},A,${pictures}\n`).join('')}`,
      JSON.stringify(rows.map(([id, pictures]) => ({ id, title: 'A', pictures }))),
    ]) {
      const { rows: items, codes } = await read(feed);
      expect(items.map(({ images }) => images)).toEqual([['b.jpg'], ['7.jpg']]);
      expect(codes.map(([, code]) => code)).toEqual(['MISSING_FIELD', 'MISSING_FIELD']);
    }
    const { rows: numbered } = await read('id,title,image\na,A,3\n');
    expect(numbered).toMatchObject([{ images: ['3'] }]);
  });

  it('stops at the greatest number of rows, and says so', async () => {
    const feed = feedOf(`${HEADER}\na,A,a.jpg\nb,B,b.jpg\nc,C,c.jpg\nd,D,d.jpg\n`);
    const read = [];
    for await (const one of readFeed(feed, { maxRows: 2 }))
      read.push('row' in one ? one.row.id : one.rejected.code);
    expect(read).toEqual(['a', 'b', 'TOO_MANY_ROWS']);
  });

  it.each([
    ['', 'empty'],
    ['id,title\na,A\n', 'is missing image_link'],
    ['id|name\n1|x\n', 'is missing image_link. It has the columns id, name.'],
    // Saved in a spreadsheet, its separator may be another.
    [`${ITEMS_HEADER}a,A,READY,,,,1\n`, 'It has neither pictures (image_link) nor descriptions'],
    [`${ITEMS_HEADER.replace(/,/g, ';')}a;A;READY;;;;1\n`, "This is the studio's list of items"],
    ['[{"id":"a"}]', 'is missing title, image_link. Its only column is id.'],
    ['<?xml version="1.0"?><rss><channel><offer/></channel></rss>', 'none of its elements has id, title and'],
    ['<!DOCTYPE html><html><body>503</body></html>', 'web page'],
    [Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'is a picture'],
  ])('that is none fails as a whole (%#)', async (content, reason) => {
    await expect(read(content)).rejects.toThrow(reason);
  });
});

describe('a JSON Lines feed', () => {
  it('is read line by line, numbers and lists included', async () => {
    const line = {
      id: 12,
      title: 'A',
      image_link: 'a.jpg',
      additional_image_link: ['b.jpg'],
      price: '5 EUR',
      x: { y: 1 },
    };
    const { rows, codes } = await read(`${JSON.stringify(line)}\n{"id":"b",\n[1]\n"text"\n`);
    expect(rows).toMatchObject([{ number: 1, id: '12', images: ['a.jpg', 'b.jpg'], priceMinor: 500 }]);
    expect(codes).toEqual([
      [2, 'INVALID_ROW'],
      [3, 'INVALID_ROW'],
      [4, 'INVALID_ROW'],
    ]);
  });

  it.each([
    ['12345678901234567890', '12345678901234567890'],
    ['9007199254740993', '9007199254740993'],
    ['-10000000000000001', '-10000000000000001'],
    ['123456789012345', '123456789012345'],
    ['"12345678901234567890"', '12345678901234567890'],
    ['"a\\"12345678901234567890"', 'a"12345678901234567890'],
  ])('keeps the digits of the id %s', async (written, id) => {
    const title = 'A 12345678901234567890 \\\\';
    const line = `{"title":"${title}","id":${written},"image_link":"a.jpg","gtin":[12345678901234567891]}`;
    const inArray = `[${line.replaceAll(':', ' : ')}]`;
    expect((await read(line)).rows).toMatchObject([{ id, title: 'A 12345678901234567890 \\' }]);
    expect((await read(inArray)).ids).toEqual([id]);
  });

  it('is read whole where a line is almost all backslashes and digits', async () => {
    const title = `${'\\\\'.repeat(50_000)}${'1'.repeat(100_000)}`;
    const line = `{"id":12345678901234567890,"title":"${title}","image_link":"a.jpg"}`;
    expect((await read(line, 65_536)).ids).toEqual(['12345678901234567890']);
    const unended = `{"id":"${'1'.repeat(100_000)}\n`;
    expect((await read(`${line}\n${unended}${line}`, 65_536)).codes).toEqual([
      [2, 'INVALID_ROW'],
      [3, 'DUPLICATE_ID'],
    ]);
  });

  it('cannot reach an object through its prototype', async () => {
    const read1 = read('{"__proto__":{"id":"a","title":"A","image_link":"a.jpg"}}\n');
    await expect(read1).rejects.toThrow('is missing id, title, image_link.');
  });

  it('bears a line of nothing but brackets', async () => {
    const { codes } = await read(`{"id":${'['.repeat(200_000)}\n`, 65_536);
    expect(codes).toEqual([[1, 'LINE_TOO_LONG']]);
  });
});

describe('a row', () => {
  const row = (fields: object) => JSON.stringify({ id: 'a', title: 'A', image_link: 'a.jpg', ...fields });
  const bad: [fields: object, code: string, reason: string][] = [
    [{ id: '' }, 'MISSING_FIELD', 'id is missing.'],
    [{ title: '   ' }, 'MISSING_FIELD', 'title is missing.'],
    [{ image_link: null }, 'MISSING_FIELD', 'image_link is missing.'],
    [
      { image_link: 'https://me:secret@shop.example/1.jpg' },
      'INVALID_IMAGE_LINK',
      'image_link carries a user name or password.',
    ],
    [{ id: 'x'.repeat(101) }, 'FIELD_TOO_LONG', 'id is longer than 100 characters.'],
    ...[
      '../x.jpg',
      '/etc/x.jpg',
      'a/../../x.jpg',
      '..\\x.jpg',
      'file:///etc/x.jpg',
      'ftp://x/y.jpg',
      'data:image/png;base64,AA',
    ].map(
      (image_link) =>
        [
          { image_link },
          'INVALID_IMAGE_LINK',
          'image_link is neither an http address nor a path beside the feed.',
        ] as [object, string, string],
    ),
  ];
  it.each(bad)('with %j is rejected', async (fields, code, reason) => {
    const { rejected } = await read(row(fields));
    expect(rejected).toMatchObject([{ row: 1, code, reason, column: Object.keys(fields)[0] }]);
  });

  it('with a number that no double holds is rejected where it is needed, and warned of elsewhere', async () => {
    const image = '"title":"A","image_link":"a.jpg"';
    const long = `${'1'.repeat(400)}.5`;
    const feed = [
      `{"id":1e400,${image}}`,
      `{"id":-1e+999,${image}}`,
      `{"id":${long},${image}}`,
      `{"id":"b",${image},"price":1e400,"brand":1e400,"fit":1e400,"look_id":[1e400,{}]}`,
      `{"id":1e3,${image}}`,
    ];
    const { rejected, rows, warnings } = await read(feed.join('\n'));
    expect(rejected).toEqual(
      [1, 2, 3].map((n) =>
        expect.objectContaining({ row: n, code: 'INVALID_FIELD', reason: 'id must be text.' }),
      ),
    );
    expect(rows.map(({ id, attributes, lookIds }) => [id, attributes, lookIds])).toEqual([
      ['b', undefined, undefined],
      ['1000', undefined, undefined],
    ]);
    expect(warnings.map(({ column, code }) => [column, code])).toEqual([
      ['price', 'INVALID_PRICE'],
      ['brand', 'INVALID_FIELD'],
      ['look_id', 'INVALID_FIELD'],
    ]);
  });

  const doubtful: [fields: object, code: string, reason: string][] = [
    [{ color: 'x'.repeat(1001) }, 'FIELD_TOO_LONG', 'color is longer than 1000 characters.'],
    [{ brand: { name: 'x' } }, 'INVALID_FIELD', 'brand must be text.'],
    [{ price: 'free' }, 'INVALID_PRICE', 'price "free" is not an amount such as 19.90 EUR.'],
    [{ price: '1.299 EUR' }, 'INVALID_PRICE', 'price "1.299 EUR" may be 1299.00 or 1.299.'],
    [{ price: { amount: {} } }, 'INVALID_PRICE', 'price is not an amount such as 19.90 EUR.'],
    [{ link: 'javascript:alert(1)' }, 'INVALID_LINK', 'link is not an http or https address.'],
    ...['me:secret@', 'me@'].map(
      (given) =>
        [
          { link: `https://${given}shop.example/1` },
          'INVALID_LINK',
          'link carries a user name or password.',
        ] as [object, string, string],
    ),
    [
      { additional_image_link: ['https://me:secret@shop.example/1.jpg', 'https://me@shop.example/2.jpg'] },
      'INVALID_IMAGE_LINK',
      'additional_image_link carries a user name or password.',
    ],
    [
      { availability: 'maybe' },
      'INVALID_AVAILABILITY',
      'availability "maybe" is not understood, so the item counts as in stock.',
    ],
    [
      { additional_image_link: Array.from({ length: 12 }, (_, i) => `${i}.jpg`) },
      'TOO_MANY_IMAGES',
      'additional_image_link makes 13 pictures; the first 10 were taken.',
    ],
    [
      { additional_image_link: ['../b.jpg', 'ftp://x/y.jpg', 'c.jpg'] },
      'INVALID_IMAGE_LINK',
      'additional_image_link "../b.jpg" is neither an http address nor a path beside the feed (nor are 1 more).',
    ],
    [
      { additional_image_link: [{}] },
      'INVALID_FIELD',
      'additional_image_link must be a link or a list of links.',
    ],
    [
      { title: 'x'.repeat(1001) },
      'FIELD_TOO_LONG',
      'title is longer than 1000 characters, and was cut there.',
    ],
    [
      { description: 'x'.repeat(5001) },
      'FIELD_TOO_LONG',
      'description is longer than 5000 characters, and was cut there.',
    ],
  ];
  it.each(doubtful)('with %j is kept, with a warning', async (fields, code, reason) => {
    const { rows, rejected, warnings } = await read(row(fields));
    expect(rejected).toEqual([]);
    expect(rows).toMatchObject([{ id: 'a' }]);
    expect(warnings).toEqual([{ row: 1, column: Object.keys(fields)[0], code, reason }]);
  });

  it('can have several warnings', async () => {
    const { warnings } = await read(row({ price: 'free', availability: 'maybe', link: 'x' }));
    expect(warnings.map(({ column }) => column)).toEqual(['link', 'price', 'availability']);
  });

  it('loses control characters, which Postgres refuses', async () => {
    expect((await read(row({ title: 'A\u0000B' }))).rows).toMatchObject([{ title: 'AB' }]);
  });

  it('with the id of an earlier one is reported, and the earlier one taken', async () => {
    const { rows, codes } = await read(`${row({ title: 'first' })}\n${row({ title: 'second' })}\n`);
    expect(rows).toMatchObject([{ title: 'first' }]);
    expect(codes).toEqual([[2, 'DUPLICATE_ID']]);
  });
});

describe('a feed with very many columns', () => {
  const many = LIMITS.columns + 1;

  it.each([
    ['of one name', (n: number) => 'a'.repeat(n).split('').join(',')],
    ['of different names', (n: number) => Array.from({ length: n }, (_, i) => `c${i}`).join(',')],
    ['without names', (n: number) => ','.repeat(n)],
    ['behind torn quotes', (n: number) => `x"${'a,'.repeat(n)}"`],
  ])('is refused before they are parsed: %s', async (_, columns) => {
    const csv = `${HEADER},${columns(40_000)}\n1,Skirt,a.jpg\n`;
    await expect(read(csv, 100_000)).rejects.toThrow(
      `The feed's header has more than ${LIMITS.columns} columns.`,
    );
  });

  it('has the row refused that has too many', async () => {
    const wide = `2,"Skirt",b.jpg${',x'.repeat(many)}`;
    const { ids, codes } = await read(`${HEADER}\n1,Skirt,a.jpg\n${wide}\n3,"Skirt, red",c.jpg\n`, 1000);
    expect(ids).toEqual(['1', '3']);
    expect(codes).toEqual([[3, 'INVALID_ROW']]);
  });

  it('is read where they are quoted text', async () => {
    const words = 'soft, '.repeat(many);
    const { rows } = await read(`${HEADER},description\n1,Skirt,a.jpg,"${words}"\n`, 1000);
    expect(rows[0]!.description).toMatch(/^soft, soft, /);
  });

  it('is read as far as a thousand in JSON', async () => {
    const row = { id: '1', title: 'Skirt', image_link: 'a.jpg' };
    const others = Array.from({ length: many }, (_, i) => [`c${i}`, 'x']);
    const first = JSON.stringify({ ...row, ...Object.fromEntries(others) });
    const last = JSON.stringify({ ...Object.fromEntries(others), ...row, id: '2' });
    const { ids, codes } = await read(`${first}\n${last}\n`, 1000);
    expect(ids).toEqual(['1']);
    expect(codes).toEqual([[2, 'MISSING_FIELD']]);
  });
});
