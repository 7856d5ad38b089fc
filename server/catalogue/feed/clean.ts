import { decodeHTMLStrict } from 'entities';
import { normalForm } from '../../vocabulary/text.ts';
import { oneLine, visible } from '../../vocabulary/visible.ts';

const BLOCKS =
  'address article aside blockquote br center dd div dl dt figcaption figure footer form h[1-6] header hr li main nav ol ' +
  'p pre section table tbody td tfoot th thead tr ul';
const INLINE =
  'a abbr b big button cite code del em embed font i iframe img input ins kbd label link mark meta o:p object option ' +
  'picture q s samp select small source span strike strong style sub sup svg time tt u video wbr';
const tagsOf = (names: string) => new RegExp(`</?(?:${names.split(' ').join('|')})(?:\\s[^<>]*)?/?>`, 'gi');
/** Only HTML's own names are tags: "<38" and "<New>" are text. */
const BLOCK_TAGS = tagsOf(BLOCKS);
const INLINE_TAGS = tagsOf(INLINE);
/** What stands between these is not read as text. */
const UNREAD = [
  ['<!--', '-->'],
  ['<script', '</script>'],
  ['<style', '</style>'],
] as const;
/** Exports escape what was escaped before. */
const MAX_ESCAPES = 3;

/** A plain value without what nobody sees; undefined if nothing is left. Lists and objects stay as they are. */
export function cleanValue(value: unknown): unknown {
  return isPlain(value)
    ? normalForm(visible(String(value)), 'NFC').trim() || undefined
    : (value ?? undefined);
}

/** A value as text that people read: composed (NFC), on one line, without tags, entities and invisible characters. */
export function cleanText(value: unknown): unknown {
  return isPlain(value) ? oneLine(plainText(String(value))) || undefined : (value ?? undefined);
}

/** Like `cleanText`, with its paragraphs. */
export function cleanParagraphs(value: unknown): unknown {
  if (!isPlain(value)) return value ?? undefined;
  const lines = plainText(String(value))
    .split(/\r\n?|\n/)
    .map(oneLine);
  return (
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim() || undefined
  );
}

/** An address or a path: with `&` where a feed has escaped it. Not composed: servers tell the two spellings apart. */
export function cleanLink(value: unknown): unknown {
  return isPlain(value)
    ? visible(String(value)).trim().replace(/&amp;/gi, '&') || undefined
    : (value ?? undefined);
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function plainText(given: string): string {
  let text = given;
  for (let round = 0; round < MAX_ESCAPES && /[&<]/.test(text); round++) {
    const before = text;
    text = withoutTags(decodeHTMLStrict(text));
    if (text === before) break;
  }
  return normalForm(visible(text), 'NFC');
}

function withoutTags(text: string): string {
  if (!text.includes('<')) return text;
  const read = UNREAD.reduce((left, [open, close]) => withoutBetween(left, open, close), text);
  return read.replace(BLOCK_TAGS, '\n').replace(INLINE_TAGS, '');
}

/** A regular expression would look for the end anew from every beginning. */
function withoutBetween(text: string, open: string, close: string): string {
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const kept: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(open); at >= 0; at = lower.indexOf(open, from)) {
    const end = lower.indexOf(close, at);
    if (end < 0) break;
    kept.push(text.slice(from, at));
    from = end + close.length;
  }
  return kept.length === 0 ? text : [...kept, text.slice(from)].join(' ');
}
