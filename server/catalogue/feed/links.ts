import { parse } from 'csv-parse/sync';

const IMAGE_ENDING = /\.(?:jpe?g|jfif|png|webp|avif|heic|heif|gif|tiff?|bmp)(?:[?#]|$)/i;
/** Where the next of several addresses begins. Addresses have commas of their own: `/w_800,h_600/dress.jpg`. */
const NEXT_ADDRESS = /(?<![\s,;|])[\s,;|]+(?=(?:https?:)?\/\/)/i;
const SEPARATOR = /[,;|\n]/;

/** The links of one cell, which may hold a list of addresses or of file names. */
export function splitLinks(text: string): string[] {
  const cell = text.trim();
  if (cell === '') return [];
  if (!/[\s,;|]/.test(cell)) return [cell];
  const quoted = /^["']/.test(cell) ? splitQuoted(cell, cell.charAt(0)) : undefined;
  if (quoted) return quoted.flatMap((link) => (link.trim() === '' ? [] : [link.trim()]));
  const list = cell.startsWith('[') ? splitJson(cell) : undefined;
  if (list) return list;
  return cell.split(NEXT_ADDRESS).flatMap(splitNames).filter(Boolean);
}

/**
 * `a.jpg,b.jpg` is two names and `a,b.jpg` one: a separator counts where a name with an image's ending ends, or where
 * no name has one.
 */
function splitNames(text: string): string[] {
  const parts = text.split(SEPARATOR);
  if (parts.length === 1) return [text.trim()];
  const isAddress = /^(?:https?:)?\/\//i.test(text);
  if (!isAddress && !parts.some((part) => IMAGE_ENDING.test(part.trim()))) {
    return parts.map((part) => part.trim());
  }
  const names: string[] = [];
  let open = '';
  let at = 0;
  for (const part of parts) {
    open += text.slice(at === 0 ? 0 : at - 1, at + part.length);
    at += part.length + 1;
    if (!IMAGE_ENDING.test(part.trim())) continue;
    names.push(open);
    open = '';
  }
  if (open) {
    // What follows the last ending belongs to it, as in `x.jpg,auto`.
    const last = names.pop();
    names.push(last === undefined ? open : last + open);
  }
  return names.map((name) => name.trim().replace(/^[,;|]\s*|[,;|]$/g, ''));
}

/** `"a","b"`, as some exports write a list inside a cell. */
function splitQuoted(cell: string, quote: string): string[] | undefined {
  for (const delimiter of [',', ';', '|']) {
    try {
      const records: string[][] = parse(cell, { delimiter, quote, trim: true });
      if (records.length === 1) return records[0];
    } catch {
      // Another separator, or no list at all.
    }
  }
  return undefined;
}

function splitJson(cell: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(cell);
    return Array.isArray(value) && value.every((link) => typeof link === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `C:\shop\skirt.jpg` names a picture on the disk of whoever wrote the feed: here it is looked for by its name. */
export function withoutDrive(link: string): string {
  return /^[a-z]:[\\/]/i.test(link) ? link.slice(3) : link;
}
