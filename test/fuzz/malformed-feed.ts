import { randomOf } from '../helpers/random.ts';
import { markEntries, zipOf } from '../helpers/zip.ts';

export interface FeedParts {
  /** Where the pictures are that rows name. */
  readonly host: string;
  readonly picture: Buffer;
  /** Ids of the shop's items, of which feeds have some. */
  readonly ids: readonly string[];
}

interface Made {
  readonly name: string;
  readonly bytes: Buffer;
  /** How it was made, in words. */
  readonly made: string;
}

type Cells = Readonly<Record<string, string>>;

const COLUMNS = [
  'id',
  'title',
  'image_link',
  'price',
  'brand',
  'color',
  'item_group_id',
  'look_id',
  'material',
];
const ODD = [
  '"',
  '""',
  '\\',
  '\0',
  '\r',
  '\n',
  '\t',
  ';',
  ',',
  '\u2028',
  '\ufeff',
  '\ud83d',
  '{',
  '[',
  '<',
  "'",
  '=',
];

/** Good feeds of every kind, each broken in one to three ways. The same seed makes the same. */
export function makeFeeds(seed: number, parts: FeedParts): (index: number) => Promise<Made> {
  return async (index) => {
    const random = randomOf(seed * 100_003 + index);
    const below = (most: number) => Math.floor(random() * most);
    const oneOf = <T>(values: readonly T[]): T => values[below(values.length)]!;

    const rows = Array.from({ length: 1 + below(5) }, (_, i): Cells => {
      const id = random() < 0.5 ? oneOf(parts.ids) : `new-${index}-${i}`;
      return {
        id,
        title: oneOf(['A red skirt', 'Écru "plissé" dress', 'Jupe, longue', '\u{1f457} party']),
        image_link: `http://${parts.host}/${below(3)}`,
        price: oneOf(['10.00 EUR', '5', '', '19,90', '1e3 EUR']),
        brand: 'Brand',
        color: 'red',
        item_group_id: oneOf(['', 'g1']),
        look_id: oneOf(['', 'l1', 'l1,l2', ',', 'l'.repeat(101)]),
        material: 'linen',
      };
    });
    const steps: string[] = [];

    const kind = oneOf(['csv', 'csv', 'tsv', 'jsonl', 'zip', 'zip'] as const);
    const inZip = kind === 'zip';
    const format = inZip ? oneOf(['csv', 'jsonl'] as const) : kind;
    steps.push(inZip ? `zip of ${format}` : format);
    const local = (row: Cells) => (inZip ? { ...row, image_link: 'images/a.png' } : row);
    let text =
      format === 'jsonl' ? jsonLines(rows.map(local)) : table(rows.map(local), format === 'tsv' ? '\t' : ',');

    const changes: Record<string, (text: string) => string> = {
      'columns swapped': (t) => onLine(t, 0, (line) => line.split(',').reverse().join(',')),
      'a row swapped': (t) => onAny(t, below, (line) => line.split(',').reverse().join(',')),
      'a column twice': (t) => t.replace('title', 'id'),
      'a column lost': (t) => t.replace(oneOf(COLUMNS), 'nonsense'),
      'a quote torn': (t) => insert(t, below(t.length + 1), '"'),
      'quotes lost': (t) => t.replaceAll('"', ''),
      'an odd character': (t) => insert(t, below(t.length + 1), oneOf(ODD)),
      'many odd characters': (t) => insert(t, below(t.length + 1), oneOf(ODD).repeat(1 + below(5000))),
      'a row twice': (t) => onAny(t, below, (line) => `${line}\n${line}`),
      'a row cut': (t) => onAny(t, below, (line) => line.slice(0, below(line.length + 1))),
      'lines joined': (t) => t.replace(/\n/g, oneOf(['\r', '', '\r\n', '\n\n', '\u0085'])),
      'a JSON value of another kind': (t) =>
        t.replace(
          /:"[^"]*"/,
          `:${oneOf(['null', '{}', '[[]]', '1e999', '-0', 'true', '"\\ud83d"', '{"__proto__":1}'])}`,
        ),
      'a name of another object': (t) =>
        t.replace(oneOf(['brand', 'color', 'material']), oneOf(['__proto__', 'constructor', 'toString', ''])),
      'deep JSON': (t) => `${t}${'{"id":'.repeat(below(5000))}\n`,
      'an array': (t) => `[${t}]`,
      nothing: () => '',
    };
    for (let n = below(3); n >= 0; n--) {
      const name = oneOf(Object.keys(changes));
      steps.push(name);
      text = changes[name]!(text);
    }

    const encodings: Record<string, () => Buffer> = {
      'UTF-8': () => Buffer.from(text),
      'UTF-8 with a mark': () => Buffer.from(`\ufeff${text}`),
      'UTF-16': () => Buffer.from(`\ufeff${text}`, 'utf16le'),
      'UTF-16, the other way round': () =>
        Buffer.from(`\ufeff${text}`, 'utf16le')
          .subarray(0, (text.length + 1) * 2)
          .swap16(),
      'UTF-16 without a mark': () => Buffer.from(text, 'utf16le'),
      'Latin-1': () => Buffer.from(text, 'latin1'),
    };
    const encoding = random() < 0.6 ? 'UTF-8' : oneOf(Object.keys(encodings));
    steps.push(encoding);
    let bytes = encodings[encoding]!();

    if (inZip) {
      bytes = await zipOf(
        { [`feed.${format}`]: bytes, 'images/a.png': parts.picture },
        { compress: random() < 0.7 },
      );
      const mark = oneOf([
        null,
        null,
        null,
        { encrypted: true },
        { method: 14 },
        { method: 12 },
        { method: 99 },
      ]);
      if (mark) {
        steps.push(`marked ${JSON.stringify(mark)}`);
        bytes = markEntries(bytes, mark);
      }
    }

    const damages: Record<string, () => Buffer> = {
      'bytes flipped': () => flip(bytes, 1 + below(8), below),
      cut: () => bytes.subarray(0, below(bytes.length + 1)),
      'the front cut': () => bytes.subarray(below(bytes.length + 1)),
      'bytes put in': () =>
        Buffer.concat([
          bytes.subarray(0, bytes.length >> 1),
          Buffer.alloc(1 + below(300), below(256)),
          bytes.subarray(bytes.length >> 1),
        ]),
      'garbage behind': () => Buffer.concat([bytes, Buffer.alloc(1 + below(2000), below(256))]),
      'once more behind': () => Buffer.concat([bytes, bytes]),
    };
    if (random() < (inZip ? 0.8 : 0.5)) {
      const name = oneOf(Object.keys(damages));
      steps.push(name);
      bytes = damages[name]!();
    }
    const name = `feed.${oneOf([kind, kind, 'zip', 'csv', 'bin'])}`;
    return { name, bytes, made: `${name}: ${steps.join(', ')}` };
  };
}

function table(rows: readonly Cells[], mark: string): string {
  const cell = (text: string) =>
    /["\n]/.test(text) || text.includes(mark) ? `"${text.replaceAll('"', '""')}"` : text;
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => cell(row[name]!)))]
    .map((cells) => cells.join(mark))
    .join('\n');
}

function jsonLines(rows: readonly Cells[]): string {
  return rows.map((row) => JSON.stringify(row)).join('\n');
}

function onLine(text: string, index: number, change: (line: string) => string): string {
  return text
    .split('\n')
    .map((line, i) => (i === index ? change(line) : line))
    .join('\n');
}

const onAny = (text: string, below: (most: number) => number, change: (line: string) => string) =>
  onLine(text, below(text.split('\n').length), change);

const insert = (text: string, at: number, put: string) => text.slice(0, at) + put + text.slice(at);

function flip(bytes: Buffer, times: number, below: (most: number) => number): Buffer {
  const flipped = Buffer.from(bytes);
  for (let n = 0; n < times && bytes.length > 0; n++) flipped[below(bytes.length)]! ^= 1 << below(8);
  return flipped;
}
