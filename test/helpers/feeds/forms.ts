/** One catalogue of items in every form in which shops send theirs. */
import { gzipSync } from 'node:zlib';
import { zipOf } from '../zip.ts';
import { escapeXml, odsOf, xlsxOf } from './sheets.ts';

export interface FormItem {
  readonly columns: Readonly<Record<string, string>>;
  readonly moreImages: readonly string[];
}

export interface Form {
  /** Such as `csv ; CRLF UTF-16LE gzip`. */
  readonly name: string;
  bytes(): Buffer | Promise<Buffer>;
}

/** Texts that every encoding has, with what each form has to escape. */
const TITLES = [
  'Plissierter Rock, grün',
  'Café au lait & Crème – Kleid',
  '5" Absatz; "Größe 38"',
  'Tee | Größe < 40, weiß',
  "Jupe d'été",
];

/** `linkOf` gives the address of picture number n. */
export function makeItems(count: number, linkOf: (n: number) => string): FormItem[] {
  return Array.from({ length: count }, (_, i) => ({
    columns: {
      id: `Ä-${i}`,
      title: `${TITLES[i % TITLES.length]} ${i}`,
      description: i % 3 === 0 ? `Erste Zeile\nzweite Zeile, "${i}"` : `Baumwolle & Leinen; ${i} €`,
      image_link: linkOf(i % 40),
      price: `${10 + i}.90 EUR`,
      sale_price: i % 4 === 0 ? `${5 + i}.90 EUR` : '',
      availability: i % 5 === 0 ? 'out_of_stock' : 'in_stock',
      brand: 'Müller & Söhne',
      color: ['rot', 'weiß', 'grün'][i % 3]!,
      size: i % 2 === 0 ? '38' : '',
      item_group_id: `g${Math.floor(i / 2)}`,
      google_product_category: 'Apparel & Accessories > Clothing > Skirts',
      neck_line: 'V',
    },
    moreImages: Array.from({ length: i % 4 }, (_, n) => linkOf((i + n + 1) % 40)),
  }));
}

const COLUMNS = (items: readonly FormItem[]) => Object.keys(items[0]!.columns);
const MOST_IMAGES = 3;

type Encode = (text: string) => Buffer;

const wide = (text: string) => Buffer.from(text, 'utf16le');
/** Windows-1252 where it differs from Latin-1, for the characters used here. */
const CP1252: Readonly<Record<string, number>> = { '€': 0x80, '–': 0x96 };

const ENCODINGS: Readonly<Record<string, Encode>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16LE': (text) => wide(`\ufeff${text}`),
  'UTF-16BE': (text) => wide(`\ufeff${text}`).swap16(),
  'UTF-16LE without mark': wide,
  'Windows-1252': (text) => Buffer.from([...text].map((c) => CP1252[c] ?? c.charCodeAt(0))),
};

const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' };
const LINE_ENDS = { LF: '\n', CRLF: '\r\n', CR: '\r' };

/** Every form: well over a hundred. */
export function makeForms(items: readonly FormItem[]): Form[] {
  const plain = [...tables(items), ...jsons(items), ...xmls(items)];
  const compressed = plain
    .filter((_, index) => index % 3 === 0)
    .map(({ name, bytes }) => ({ name: `${name} gzip`, bytes: async () => gzipSync(await bytes()) }));
  return [...plain, ...compressed, ...packed(items)];
}

function tables(items: readonly FormItem[]): Form[] {
  const forms: Form[] = [];
  for (const [separator, mark] of Object.entries(SEPARATORS)) {
    for (const [lineEnd, end] of Object.entries(LINE_ENDS)) {
      for (const [encoding, encode] of Object.entries(ENCODINGS)) {
        forms.push({
          name: `csv ${separator} ${lineEnd} ${encoding}`,
          bytes: () => encode(tableOf(items, mark, end)),
        });
      }
    }
  }
  const sep = `sep=;\r\n${tableOf(items, ';', '\r\n')}`;
  forms.push({ name: 'csv with a sep line', bytes: () => ENCODINGS['UTF-8 with mark']!(sep) });
  const brackets = (name: string) => `${name.replace(/_/g, ' ').toUpperCase()} [${name}]`;
  forms.push({
    name: 'csv with names in brackets',
    bytes: () => Buffer.from(tableOf(items, '\t', '\n', brackets)),
  });
  forms.push({ name: 'csv in camel case', bytes: () => Buffer.from(tableOf(items, ',', '\n', camelCase)) });
  return forms;
}

/** Further pictures are in one cell, in repeated columns, or one in each numbered column. */
function tableOf(
  items: readonly FormItem[],
  mark: string,
  end: string,
  spell: (name: string) => string = (name) => name,
): string {
  const more = Array.from({ length: MOST_IMAGES }, () => spell('additional_image_link'));
  const cell = (text: string) =>
    /["\n\r]/.test(text) || text.includes(mark) ? `"${text.replaceAll('"', '""')}"` : text;
  const rows = [
    [...COLUMNS(items).map(spell), ...more],
    ...items.map(({ columns, moreImages }) => [
      ...Object.values(columns),
      ...more.map((_, index) => moreImages[index] ?? ''),
    ]),
  ];
  return rows.map((cells) => cells.map(cell).join(mark) + end).join('');
}

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function jsons(items: readonly FormItem[]): Form[] {
  const objects = items.map(({ columns, moreImages }) => ({ ...columns, additional_image_link: moreImages }));
  const api = items.map(({ columns: { id, price, sale_price, ...columns }, moreImages }) => ({
    ...Object.fromEntries(Object.entries(columns).map(([name, value]) => [camelCase(name), value])),
    offerId: id,
    price: { value: price!.split(' ')[0], currency: 'EUR' },
    ...(sale_price && { salePrice: { value: sale_price.split(' ')[0], currency: 'EUR' } }),
    additionalImageLinks: moreImages,
  }));
  const texts: Record<string, string> = {
    'json lines': objects.map((object) => `${JSON.stringify(object)}\n`).join(''),
    'json array': JSON.stringify(objects),
    'json array over lines': JSON.stringify(objects, null, 2),
    'json wrapped': JSON.stringify({ shop: { name: 'x', languages: [{ code: 'de' }] }, products: objects }),
    'json wrapped over lines': JSON.stringify({ count: 30, data: { products: objects } }, null, '\t'),
    'json of the content API': JSON.stringify({ kind: 'list', resources: api }),
  };
  return Object.entries(texts).flatMap(([name, text]) =>
    Object.entries(ENCODINGS).map(([encoding, encode]) => ({
      name: `${name} ${encoding}`,
      bytes: () => encode(text),
    })),
  );
}

function xmls(items: readonly FormItem[]): Form[] {
  const elements = ({ columns, moreImages }: FormItem, prefix: string, wrap: (text: string) => string) =>
    [...Object.entries(columns), ...moreImages.map((link) => ['additional_image_link', link] as const)]
      .map(([name, text]) => `<${prefix}${name}>${wrap(text!)}</${prefix}${name}>`)
      .join('\n');
  const cdata = (text: string) => `<![CDATA[${text}]]>`;
  const google = 'xmlns:g="http://base.google.com/ns/1.0"';
  const texts: Record<string, (declaration: string) => string> = {
    rss: (declaration) =>
      `${declaration}<rss version="2.0" ${google}><channel><title>Shop</title><link>https://x.example</link>
       <image><url>https://x.example/logo.png</url><title>Shop</title></image>${items
         .map(
           (item) =>
             `<item>${elements(item, 'g:', escapeXml)}<g:shipping><g:country>DE</g:country><g:price>4 EUR</g:price></g:shipping></item>`,
         )
         .join('\n')}</channel></rss>`,
    'rss with CDATA': (declaration) =>
      `${declaration}<rss ${google}><channel>${items
        .map((item) => `<item><title>Other</title>${elements(item, 'g:', cdata)}</item>`)
        .join('')}</channel></rss>`,
    atom: (declaration) =>
      `${declaration}<feed xmlns="http://www.w3.org/2005/Atom" ${google}><title>Shop</title>${items
        .map((item) => `<entry><id>tag:x.example</id>${elements(item, 'g:', escapeXml)}</entry>`)
        .join('')}</feed>`,
    products: (declaration) =>
      `${declaration}<products>${items
        .map((item) => `<product>${elements(item, '', escapeXml)}</product>`)
        .join('')}</products>`,
  };
  return Object.entries(texts).flatMap(([name, text]) =>
    Object.entries(ENCODINGS).map(([encoding, encode]) => ({
      name: `xml ${name} ${encoding}`,
      bytes: () =>
        encode(text(`<?xml version="1.0" encoding="${encoding.split(' ')[0]!.replace(/[LB]E$/, '')}"?>`)),
    })),
  );
}

function packed(items: readonly FormItem[]): Form[] {
  const csv = tableOf(items, ',', '\n');
  const names = [...COLUMNS(items), 'additional_image_link'];
  const rows = [
    names,
    ...items.map(({ columns, moreImages }) => [...Object.values(columns), moreImages.join(',')]),
  ];
  const xlsx = () => xlsxOf({ Notes: [['nothing here']], Items: rows });
  return [
    { name: 'xlsx', bytes: xlsx },
    { name: 'xlsx with texts in the cells', bytes: () => xlsxOf({ Items: rows }, { inline: true }) },
    { name: 'xlsx with a title above', bytes: () => xlsxOf({ Items: [['My shop'], [], ...rows] }) },
    { name: 'ods', bytes: () => odsOf(rows) },
    {
      name: 'zip of csv',
      bytes: () => zipOf({ 'feed.csv': csv, 'README.txt': 'Questions: x@example.test' }),
    },
    { name: 'zip of csv, stored', bytes: () => zipOf({ 'shop/feed.txt': csv }, { compress: false }) },
    { name: 'zip of gzip', bytes: () => zipOf({ 'feed.csv.gz': gzipSync(csv) }) },
    { name: 'zip of xml', bytes: async () => zipOf({ 'feed.xml': await xmls(items)[0]!.bytes() }) },
    { name: 'zip of json', bytes: async () => zipOf({ 'feed.json': await jsons(items)[6]!.bytes() }) },
    { name: 'zip of xlsx', bytes: async () => zipOf({ 'feed.xlsx': await xlsx() }) },
    { name: 'gzip twice', bytes: () => gzipSync(gzipSync(csv)) },
  ];
}
