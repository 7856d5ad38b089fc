/** What a file is by its bytes, and what is done with damaged ones. */
import { randomFillSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutOfTimeError } from '../../../../../server/catalogue/feed/fault.ts';
import { readFirstRows } from '../../../../../server/catalogue/feed/first-rows.ts';
import { readFeed } from '../../../../../server/catalogue/feed/read.ts';
import { isDateFormat } from '../../../../../server/catalogue/feed/sheets/xlsx-dates.ts';
import { openStaged, stageSource } from '../../../../../server/catalogue/staging/staging.ts';
import { openFolderStore } from '../../../../../server/store/folder-store.ts';
import { odsOf, xlsxOf } from '../../../../helpers/feeds/sheets.ts';
import { zipOf } from '../../../../helpers/zip.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-bytes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(content: Buffer | string) {
  const path = join(folder, 'upload');
  await writeFile(path, content);
  await stageSource(openFolderStore(folder), 'job', { kind: 'file', path });
  const files = await openStaged(openFolderStore(folder), 'job');
  try {
    const [ids, titles, faults, notes]: [string[], string[], unknown[], string[]] = [[], [], [], []];
    const images: (readonly string[])[] = [];
    for await (const one of readFeed(files, { note: (text) => notes.push(text) })) {
      if ('row' in one) {
        ids.push(one.row.id);
        titles.push(one.row.title);
        images.push(one.row.images);
      } else faults.push([one.number, one.rejected.code]);
    }
    return { ids, titles, images, faults, notes };
  } finally {
    await files.close();
  }
}

const CSV = 'id,title,image_link\na,A,https://i.example/a.jpg\n';
const item = (id: string) =>
  `<item><g:id>${id}</g:id><title>${id}</title><g:image_link>https://i.example/${id}.jpg</g:image_link></item>`;
const RSS = `<rss><channel>${item('a')}\n${item('b')}</channel></rss>`;
const object = (id: string) => ({ id, title: id, image_link: `https://i.example/${id}.jpg` });

describe('what is no feed is refused by name', () => {
  it.each([
    ['old Office', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'old Office file'],
    ['PDF', '%PDF-1.7', 'PDF'],
    ['RAR', 'Rar!\x1a\x07\x01', 'RAR archive. Send a zip'],
    ['7-Zip', Buffer.from('377abcaf271c0004', 'hex'), '7-Zip archive'],
    ['tar', Buffer.concat([Buffer.alloc(257), Buffer.from('ustar\0')]), 'tar archive'],
    ['tar in gzip', gzipSync(Buffer.concat([Buffer.alloc(257), Buffer.from('ustar\0')])), 'tar archive'],
    ['a web page', '<!DOCTYPE html><html><body>503</body></html>', 'web page'],
    ['a zip in gzip', gzipSync('PK\x03\x04....'), 'Send that without gzip'],
  ])('%s', async (_, bytes, says) => {
    await expect(read(bytes)).rejects.toThrow(says);
  });

  it.each([
    ['Word', { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }, 'Word document'],
    ['PowerPoint', { '[Content_Types].xml': '<Types/>', 'ppt/presentation.xml': '<p/>' }, 'PowerPoint'],
    ['Excel, binary', { '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'x' }, 'xlsb'],
    [
      'a text document',
      { mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' },
      'without a sheet',
    ],
    ['Numbers', { 'Index/Document.iwa': 'x', 'preview.jpg': 'x' }, 'Numbers'],
    ['a book', { mimetype: 'application/epub+zip', 'a.jpg': 'x' }, 'EPUB'],
  ])('%s', async (_, parts, says) => {
    await expect(read(await zipOf(parts))).rejects.toThrow(says);
  });
});

describe('gzip', () => {
  it('that is cut off or damaged gives no row at all', async () => {
    const noise = randomFillSync(Buffer.alloc(200_000)).toString('base64');
    const whole = gzipSync(`${CSV}b,${noise},https://i.example/b.jpg\n`);
    await expect(read(whole.subarray(0, whole.length - 100))).rejects.toThrow('damaged or cut off');
    const flipped = Buffer.from(whole);
    flipped[flipped.length - 6]! ^= 1;
    await expect(read(flipped)).rejects.toThrow('damaged or cut off');
  });

  it('that unpacks to a thousand times its size is refused', async () => {
    await expect(read(gzipSync(Buffer.alloc(50 * 1024 * 1024, 'a')))).rejects.toThrow('compressed too much');
  });
});

describe('XML', () => {
  it('expands no entities but its own', async () => {
    const bomb =
      '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>';
    const { titles } = await read(
      `<?xml version="1.0"?>${bomb}<rss><item><id>1</id><title>&b;&c; &amp; &#228;</title><image_link>https://x.example/a</image_link></item></rss>`,
    );
    expect(titles).toHaveLength(1);
    expect(titles[0]).toMatch(/& ä$/);
    expect(titles[0]).not.toMatch(/aaa|root:/);
  });

  it('may have a stray & or <', async () => {
    const { titles } = await read(RSS.replace('<title>a', '<title>A & B < C &x a'));
    expect(titles).toEqual(['A & B < C &x a', 'b']);
  });

  it.each([
    ['in an item', RSS.slice(0, RSS.indexOf('b.jpg')), ['a'], [[2, 'INVALID_ROW']]],
    ['between two items', RSS.slice(0, RSS.indexOf('\n')), ['a'], [[2, 'INVALID_ROW']]],
    ['in a tag', RSS.slice(0, RSS.lastIndexOf('<g:image') + 4), ['a'], [[2, 'INVALID_ROW']]],
  ])('that is cut off %s says so in a row without id', async (_, text, ids, faults) => {
    expect(await read(text)).toMatchObject({ ids, faults });
  });

  it('loses one item to an end tag that is missing', async () => {
    const { ids, faults } = await read(`<rss>${item('a').replace('</item>', '')}${item('b')}</rss>`);
    expect({ ids, faults }).toEqual({ ids: ['b'], faults: [[1, 'INVALID_ROW']] });
  });

  it('does not keep an item or a comment without end', async () => {
    const long = 'x'.repeat(1_100_000);
    const { ids, faults } = await read(
      `<rss>${item('a').replace('a</title>', `${long}</title>`)}${item('b')}</rss>`,
    );
    expect({ ids, faults }).toEqual({ ids: ['b'], faults: [[1, 'LINE_TOO_LONG']] });
    await expect(read(`${RSS.slice(0, -6)}<!-- ${long.repeat(3)}`)).rejects.toThrow('longer than');
    await expect(read(`<rss>${'<a>'.repeat(5000)}</rss>`)).rejects.toThrow('inside each other');
  });

  it('reads ids and links from attributes, lists of pictures, and amounts with a currency', async () => {
    const { ids, images } = await read(
      `<catalog><offers><offer id="7"><name>Tee</name><price><value>5</value><currency>EUR</currency></price>
        <pictures><picture>https://i.example/1.jpg</picture><picture>https://i.example/2.jpg</picture></pictures></offer></offers></catalog>`,
    );
    expect({ ids, images }).toEqual({
      ids: ['7'],
      images: [['https://i.example/1.jpg', 'https://i.example/2.jpg']],
    });
  });

  it('that is cut off in an attribute says so too', async () => {
    expect(await read('<rss a="')).toMatchObject({ ids: [], faults: [] });
    expect(await read(`${RSS.slice(0, RSS.indexOf('\n'))}<item a="`)).toMatchObject({
      ids: ['a'],
      faults: [[2, 'INVALID_ROW']],
    });
  });

  it("may call Google's namespace what it likes", async () => {
    const text = RSS.replace('<rss>', '<rss xmlns:base="http://base.google.com/ns/1.0">').replaceAll(
      'g:',
      'base:',
    );
    expect((await read(text)).ids).toEqual(['a', 'b']);
  });

  it('in the encoding that it declares', async () => {
    const text = RSS.replace('<title>a', '<title>Grün').replace(
      '<rss>',
      '<?xml version="1.0" encoding="ISO-8859-2"?><rss>',
    );
    const { titles, notes } = await read(Buffer.from(text.replace('ü', '\xfc'), 'latin1'));
    expect(titles[0]).toBe('Grün');
    expect(notes[0]).toContain('ISO-8859-2');
  });
});

describe('JSON', () => {
  it('with an entry that is no object loses that one', async () => {
    const { ids, faults } = await read(JSON.stringify([object('a'), 5, object('b'), [1], 'x']));
    expect({ ids, faults }).toEqual({
      ids: ['a', 'b'],
      faults: [
        [2, 'INVALID_ROW'],
        [4, 'INVALID_ROW'],
        [5, 'INVALID_ROW'],
      ],
    });
  });

  it.each([
    ['in an object', -20],
    ['between two objects', -1],
  ])('that is cut off %s says so in a row without id', async (_, end) => {
    const { ids, faults } = await read(JSON.stringify([object('a'), object('b'), object('c')]).slice(0, end));
    expect(ids.length + 1).toBe(end === -1 ? 4 : 3);
    expect(faults).toEqual([[ids.length + 1, 'INVALID_ROW']]);
  });

  it('may be objects one after another, over several lines', async () => {
    const text = ['a', 'b'].map((id) => JSON.stringify(object(id), null, 2)).join('\n');
    expect((await read(text)).ids).toEqual(['a', 'b']);
  });

  it('takes no list of something else for the items', async () => {
    const wrapped = { rates: [{ id: 1 }, { id: 2 }], data: { items: [object('a')] }, more: [object('z')] };
    expect((await read(JSON.stringify(wrapped))).ids).toEqual(['a']);
  });

  it.each([
    ['alone', [], []],
    ['before others', ['b', 'c'], ['b', 'c']],
  ])(
    'Lines whose first is too long to be told from an object around everything, %s, name it',
    async (_, more, ids) => {
      const long = JSON.stringify({ ...object('a'), description: 'x'.repeat(3_000_000) });
      const found = await read([long, ...more.map((id) => JSON.stringify(object(id)))].join('\n'));
      expect(found).toMatchObject({ ids, faults: [[1, 'LINE_TOO_LONG']] });
    },
  );

  it('ends where an object has no end', async () => {
    const { ids, faults } = await read(`[${JSON.stringify(object('a'))},{"id":"${'x'.repeat(1_200_000)}`);
    expect({ ids, faults }).toEqual({ ids: ['a'], faults: [[2, 'LINE_TOO_LONG']] });
  });
});

describe('an Excel sheet', () => {
  it('keeps the zeros that a number is shown with, as does an OpenDocument sheet', async () => {
    const numbers: [format: string, value: string, id: string][] = [
      ['00000', '123', '00123'],
      ['[$-409]000000_);[Red]-0', '123', '000123'],
      ['00000', '1234567', '1234567'],
      ['00000', '1.5', '1.5'],
      ['00000', '-12', '-12'],
      ['0', '7', '7'],
      ['0.00', '8', '8'],
      ['000-000', '9', '9'],
    ];
    const image = 'https://i.example/a.jpg';
    const formats = numbers.map(([format], i) => `<numFmt numFmtId="${170 + i}" formatCode="${format}"/>`);
    const styles = numbers.map((_, i) => `<xf numFmtId="${170 + i}"/>`);
    const rows = numbers.map(([, value], i) => [{ xml: `<c s="${i}"><v>${value}</v></c>` }, 'Tee', image]);
    const sheet = await xlsxOf(
      { S: [['id', 'title', 'image_link'], ...rows] },
      { styles: `<numFmts>${formats.join('')}</numFmts><cellXfs>${styles.join('')}</cellXfs>` },
    );
    expect((await read(sheet)).ids).toEqual(numbers.map(([, , id]) => id));

    const number = (value: string, shown: string) => ({
      xml: `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${shown}</text:p></table:table-cell>`,
    });
    const typed = await odsOf([
      ['id', 'title', 'image_link'],
      [number('123', '00123'), 'Tee', image],
      [number('19.9', '0020'), 'Tee', image],
    ]);
    expect((await read(typed)).ids).toEqual(['00123', '19.9']);
  });

  it('gives numbers, dates and formulas as they are meant', async () => {
    const cells = [
      '<c><v>19.899999999999999</v></c>',
      '<c s="1"><v>46023</v></c>',
      '<c t="str"><f>A1</f><v>x</v></c>',
    ];
    const bytes = await xlsxOf(
      {
        Items: [
          ['id', 'title', 'image_link', 'own_number', 'own_date', 'own_formula'],
          [
            { xml: '<c><v>1.234567890123E12</v></c>' },
            'Tee',
            'https://i.example/a.jpg',
            ...cells.map((xml) => ({ xml })),
          ],
        ],
      },
      { styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>' },
    );
    const path = join(folder, 'sheet');
    await writeFile(path, bytes);
    await stageSource(openFolderStore(folder), 'sheet', { kind: 'file', path });
    const files = await openStaged(openFolderStore(folder), 'sheet');
    const rows = [];
    for await (const one of readFeed(files)) rows.push(one);
    await files.close();
    expect(rows).toMatchObject([
      {
        number: 2,
        row: {
          id: '1234567890123',
          attributes: { own_number: '19.9', own_date: '2026-01-01', own_formula: 'x' },
        },
      },
    ]);
  });

  it('gives what is shown of escapes and of other currencies', async () => {
    const formats = [
      '[$$-409]#,##0.00',
      '#,##0.00\\ &quot;€&quot;',
      '[$GBP] 0.00',
      '[$-409]#,##0.00',
      '[Red]0.00',
    ];
    const image = 'https://i.example/a.jpg';
    const path = join(folder, 'shown');
    await writeFile(
      path,
      await xlsxOf(
        {
          S: [
            ['id', 'title', 'image_link', 'price'],
            ...formats.map((_, i) => [
              `a${i}`,
              'Caf_x00E9_ _x005F_x0041_ _x41_',
              image,
              { xml: `<c s="${i}"><v>1299.5</v></c>` },
            ]),
          ],
        },
        {
          styles: `<numFmts>${formats.map((code, i) => `<numFmt numFmtId="${170 + i}" formatCode="${code}"/>`).join('')}</numFmts>
            <cellXfs>${formats.map((_, i) => `<xf numFmtId="${170 + i}"/>`).join('')}</cellXfs>`,
        },
      ),
    );
    await stageSource(openFolderStore(folder), 'shown', { kind: 'file', path });
    const files = await openStaged(openFolderStore(folder), 'shown');
    const rows = [];
    for await (const one of readFeed(files, { shopCurrency: 'EUR' })) rows.push(one);
    await files.close();
    const found = rows.map(
      (one) => 'row' in one && [one.row.title, one.row.priceMinor, one.row.currency, one.warnings.length],
    );
    const title = 'Café _x0041_ _x41_';
    expect(found).toEqual([
      [title, undefined, undefined, 1],
      [title, 129950, 'EUR', 0],
      [title, 129950, 'GBP', 0],
      [title, 129950, undefined, 0],
      [title, 129950, undefined, 0],
    ]);
  });

  it('with empty rows and a column without a name has the row numbers that Excel shows', async () => {
    const rows = [
      ['id', 'title', '', 'image_link'],
      [],
      ['a', 'A', '', 'https://i.example/a.jpg'],
      ['b', '', '', 'x.jpg'],
    ];
    expect(await read(await xlsxOf({ S: rows }))).toMatchObject({
      ids: ['a'],
      faults: [[4, 'MISSING_FIELD']],
    });
    expect(await read(await odsOf(rows))).toMatchObject({ ids: ['a'], faults: [[4, 'MISSING_FIELD']] });
  });

  it('that unpacks to a thousand times its size is refused', async () => {
    const rows = [
      ['id', 'title', 'image_link'],
      ['a', 'A', 'a'.repeat(8 * 1024 * 1024)],
    ];
    await expect(read(await xlsxOf({ S: rows }))).rejects.toThrow('compressed too much');
  });

  it('is shown without reading more of its texts than its first rows have, and only in time', async () => {
    const items = Array.from({ length: 5000 }, (_, i) => [`${i}`, `T ${i}`, `https://i.example/${i}.jpg`]);
    const bytes = await xlsxOf({ S: [['id', 'title', 'image_link'], ...items] });
    // The texts' checksum in the directory: whoever reads them to their end is told.
    const at = bytes.lastIndexOf('xl/sharedStrings.xml') - 46;
    bytes.writeUInt32LE((bytes.readUInt32LE(at + 16) ^ 1) >>> 0, at + 16);
    await expect(read(bytes)).rejects.toThrow('"xl/sharedStrings.xml" in the zip is damaged');
    const first = async (isOver: () => boolean) => {
      const files = await openStaged(openFolderStore(folder), 'job', isOver);
      return readFirstRows(files, 'EUR', isOver).finally(() => files.close());
    };
    const { rows } = await first(() => false);
    expect(rows.at(-1)).toMatchObject({ row: { id: '9', title: 'T 9' } });
    await expect(first(() => true)).rejects.toBeInstanceOf(OutOfTimeError);
  });

  it('whose parts are damaged fails', async () => {
    const bytes = await xlsxOf({
      S: [
        ['id', 'title', 'image_link'],
        ['a', 'A', 'https://i.example/a.jpg'],
      ],
    });
    const parts = await zipOf({
      '[Content_Types].xml': '<Types/>',
      'xl/workbook.xml': '<workbook/>',
      'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row><c t="inlineStr"><is><t>id',
    });
    await expect(read(parts)).rejects.toThrow(/not complete|is empty/);
    expect((await read(bytes)).ids).toEqual(['a']);
  });
});

describe('a zip', () => {
  const feed = (id: string) => CSV.replace('\na,', `\n${id},`);

  it('with several tables gives the one whose header can be used, and names the others', async () => {
    const zip = await zipOf({
      'stock.csv': 'sku,qty\na,3\n',
      'items.csv': feed('a'),
      'notes.txt': 'Hello',
      'x.psd': 'x',
    });
    const { ids, notes } = await read(zip);
    expect(ids).toEqual(['a']);
    expect(notes).toEqual(['Other files in the zip were not read: x.psd, stock.csv, notes.txt.']);
  });

  it('with two feeds is refused, and so is one with none of several tables usable', async () => {
    await expect(read(await zipOf({ 'a.csv': feed('a'), 'b.xml': RSS }))).rejects.toThrow(
      'several feeds: a.csv, b.xml',
    );
    await expect(read(await zipOf({ 'a.csv': 'x\n', 'b.csv': 'y\n' }))).rejects.toThrow(
      'none has the columns',
    );
  });

  it('with one table that cannot be used says which columns it has', async () => {
    await expect(read(await zipOf({ 'a.csv': 'ref,foto\n1,x\n', 'a.jpg': 'x' }))).rejects.toThrow(
      'is missing id, title, image_link. It has the columns ref, foto.',
    );
  });

  it('whose entries are damaged fails by their names', async () => {
    const words = Array.from({ length: 400 }, (_, i) => `${i * 7919}`).join(' ');
    for (const files of [{ 'a.csv': words }, { 'a.csv': words, 'b.csv': words }, { export: words }]) {
      const zip = await zipOf(files);
      // The first bytes of the compressed data of every entry.
      for (let at = zip.indexOf('PK\x03\x04'); at >= 0; at = zip.indexOf('PK\x03\x04', at + 4)) {
        const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
        zip.fill(0xff, start, start + 20);
      }
      await expect(read(zip)).rejects.toThrow(/"\w+(?:\.csv)?" in the zip is damaged|none has the columns/);
    }
  });

  it('may have a feed without an ending', async () => {
    expect((await read(await zipOf({ export: feed('q'), LICENSE: 'MIT' }))).ids).toEqual(['q']);
  });
});

describe('a sheet', () => {
  it('with a row that no sheet has is refused', async () => {
    const empty =
      '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>';
    const cell = (text: string) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;
    const row = (cells: string[]) => `<table:table-row>${cells.map(cell).join('')}</table:table-row>`;
    const header = row(['id', 'title', 'image_link']);
    const item = row(['a', 'A', 'https://i.example/a.jpg']);
    const content = `<office:document-content><table:table table:name="x">${header}${empty.repeat(2100)}${item}</table:table></office:document-content>`;
    const ods = await zipOf({
      mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
      'content.xml': content,
    });
    await expect(read(ods)).rejects.toThrow(/more rows than a sheet can have/);
  });

  it('has formats of 255 characters at most', () => {
    const formats = new Map([
      ['164', `${'['.repeat(250)}yyyy`],
      ['165', `${'['.repeat(300)}yyyy`],
    ]);
    expect(['164', '165'].map((id) => isDateFormat(id, formats))).toEqual([true, false]);
  });
});

it.each(['\n', '\r\n', '\r'])('a feed of empty lines without end is refused: %j', async (end) => {
  const header = 'id,title,image_link';
  await expect(read(header + end.repeat(1_100_100))).rejects.toThrow('more than 1100000 empty lines');
  await expect(read(`${end.repeat(1_100_100)}${header}${end}`)).rejects.toThrow(/empty|header/);
  expect((await read(`${header}${end.repeat(110_000)}a,A,https://i.example/a.jpg`)).ids).toEqual(['a']);
});

it('a text with a damaged byte is found behind values that are not there', async () => {
  const items =
    '[{"id":"a","title":"T\xe9","image_link":[],"color":"Gr\xc3\xbcn"},{"id":"b","title":"B \xc3\xbc \xc3\xbc","image_link":"https://i.example/b.jpg"}]';
  expect((await read(Buffer.from(items, 'latin1'))).faults).toEqual([[1, 'INVALID_ENCODING']]);
});
