/** What a file is, told by its first bytes; never by its name, which uploads can choose freely. */
export type Kind = 'gzip' | 'zip' | 'text';

/** How many first bytes `kindOf` and `refusalOf` look at. */
export const MAGIC_BYTES = 512;

const ADVICE = 'Send CSV, XML, JSON, an Excel or OpenDocument sheet, or a zip of a feed and its pictures';

interface Signature {
  readonly at: number;
  readonly bytes: string;
  /** The whole sentence that refuses it. */
  readonly says: string;
}

const archive = (name: string) => `The file is a ${name} archive. Send a zip instead.`;
const picture = `The file is a picture. Send a feed, or a zip of pictures.`;

/** What people send by mistake. The bytes are Latin-1. */
const SIGNATURES: readonly Signature[] = [
  {
    at: 0,
    bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    says: 'The file is an old Office file (.xls), or locked with a password. Save it as .xlsx or CSV, without a password.',
  },
  { at: 0, bytes: '%PDF-', says: `The file is a PDF. ${ADVICE}.` },
  { at: 0, bytes: 'Rar!\x1a\x07', says: archive('RAR') },
  { at: 0, bytes: '7z\xbc\xaf\x27\x1c', says: archive('7-Zip') },
  { at: 0, bytes: 'BZh', says: archive('bzip2') },
  { at: 0, bytes: '\xfd7zXZ\0', says: archive('XZ') },
  { at: 0, bytes: '\x28\xb5\x2f\xfd', says: archive('Zstandard') },
  { at: 257, bytes: 'ustar', says: archive('tar') },
  { at: 0, bytes: 'PAR1', says: `The file is a Parquet file. ${ADVICE}.` },
  { at: 0, bytes: 'SQLite format 3\0', says: `The file is a database. ${ADVICE}.` },
  { at: 0, bytes: '{\\rtf', says: `The file is a text document (RTF). ${ADVICE}.` },
  { at: 0, bytes: '\xff\xd8\xff', says: picture },
  { at: 0, bytes: '\x89PNG\r\n\x1a\n', says: picture },
  { at: 0, bytes: 'GIF8', says: picture },
  { at: 8, bytes: 'WEBPVP8', says: picture },
  { at: 4, bytes: 'ftyphei', says: picture },
  { at: 4, bytes: 'ftyphev', says: picture },
  { at: 4, bytes: 'ftypmsf1', says: picture },
  { at: 4, bytes: 'ftypmif1', says: picture },
  { at: 4, bytes: 'ftypavif', says: picture },
  { at: 0, bytes: 'II*\0', says: picture },
  { at: 0, bytes: 'MM\0*', says: picture },
];

export function kindOf(head: Buffer): Kind {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  // A local file, an empty archive, or a part of several.
  if (head[0] === 0x50 && head[1] === 0x4b && head.readUInt8(2) < 8) return 'zip';
  return 'text';
}

/** The sentence that says why the file is no feed; null if it may be one. */
export function refusalOf(head: Buffer): string | null {
  const text = head.toString('latin1');
  return SIGNATURES.find(({ at, bytes }) => text.startsWith(bytes, at))?.says ?? null;
}

export function isPicture(head: Buffer): boolean {
  return refusalOf(head) === picture;
}
