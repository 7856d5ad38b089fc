/** An http(s) address. */
export function isWebLink(link: string): boolean {
  return /^https?:\/\//i.test(link) && URL.canParse(link);
}

/** `//cdn.example/a.jpg` means the scheme of the page that it stands on. */
export function withScheme(link: string): string {
  return /^\/\/[^/]/.test(link) ? `https:${link}` : link;
}

/**
 * An http(s) URL, or a path with forward slashes that stays within the feed's folder; otherwise undefined.
 */
export function toImageReference(given: string): string | undefined {
  const link = withScheme(given);
  if (isWebLink(link)) return link;
  const path = link.replace(/\\/g, '/').replace(/^(?:\.\/)+/, '');
  const parts = path.split('/');
  const leaves = /^[a-z][a-z0-9+.-]*:/i.test(path) || parts.includes('..') || path.startsWith('/');
  return leaves || path === '' ? undefined : parts.filter((part) => part !== '' && part !== '.').join('/');
}

const BEFORE_ADDRESS = /[\s,;|]+(?=["']?(?:https?:)?\/\/)/i;
const HAS_ADDRESS = /(?:^|[\s,;|"'])(?:https?:)?\/\//i;

/**
 * The links of a cell that lists several. Addresses may contain commas, as those of image CDNs do: between them, only a
 * separator before the next address counts.
 */
export function splitLinks(cell: string): string[] {
  const text = cell.trim();
  const quoted = text.startsWith('[') ? text.slice(1).replace(/\]$/, '').trim() : text;
  if (/^"[^"]*"(?:\s*[,;|]\s*"[^"]*")*$/.test(quoted))
    return [...quoted.matchAll(/"([^"]*)"/g)].map(([, link]) => link!);
  const links = HAS_ADDRESS.test(text)
    ? text.split(BEFORE_ADDRESS).flatMap((link) => link.split(/[,;|]\s+/))
    : text.split(/[,;|]/);
  return links.map((link) =>
    link
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2')
      .replace(/[,;|]+$/, ''),
  );
}

/** The links of a cell that holds one: it is split only if it holds several addresses. */
export function splitAddresses(cell: string): string[] {
  return HAS_ADDRESS.test(cell) && BEFORE_ADDRESS.test(cell.trim()) ? splitLinks(cell) : [cell];
}
