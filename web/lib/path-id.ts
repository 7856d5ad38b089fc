/**
 * Ids in the paths of pages. An item's id is whatever its shop has written, and browsers, proxies and Next each decode
 * `%2F`, `%25` or `..` as they see fit. So ids are written with `~` instead of `%`, which all of them leave alone.
 */

/** The path of an item's page. */
export function itemPath(id: string): string {
  return ITEMS + toPathId(id);
}

/** The path of an item's page for merchandisers. */
export function stockItemPath(id: string): string {
  return STOCK + toPathId(id);
}

/** The id in the parameter of a page. */
export function idOfParameter(parameter: string): string {
  // Next encodes parameters, though not all of them.
  const written = decoded(parameter);
  return decoded(written.replaceAll('%', '%25').replace(/~([0-9A-F]{2})/g, '%$1'), written);
}

/** The address that pages have for an item, if this one has its id as others write it: as it is, or encoded with `%`. */
export function usualAddress(address: string): string | null {
  const [, id = '', rest = ''] = /^\/items\/([^/?]+)\/?(\?.*)?$/.exec(address) ?? [];
  return id.includes('%') || id.endsWith('.rsc') ? itemPath(decoded(id)) + rest : null;
}

const ITEMS = '/items/';
const STOCK = '/manage/items/';

function toPathId(id: string): string {
  const encoded = encodeURIComponent(id).replaceAll('~', '%7E').replaceAll('%', '~');
  // Browsers take `.` and `..` for folders, and Next takes the ending `.rsc` for a wish of its own.
  return /^\.\.?$|\.rsc$/.test(encoded) ? encoded.replaceAll('.', '~2E') : encoded;
}

/** A text that is not encoded properly, such as `50%`, is taken as it is. */
function decoded(text: string, otherwise = text): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return otherwise;
  }
}
