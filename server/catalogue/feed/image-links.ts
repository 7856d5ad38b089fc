import { splitLinks } from './links.ts';

/** An http(s) address. */
export function isWebLink(link: string): boolean {
  return /^https?:\/\//i.test(link) && URL.canParse(link);
}

/** `https://name:password@host/`: lists and logs would show it. */
export function hasCredentials(link: string): boolean {
  if (!isWebLink(link)) return false;
  const { username, password } = new URL(link);
  return username !== '' || password !== '';
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

const BEFORE_ADDRESS = /(?<![\s,;|])[\s,;|]+(?=["']?(?:https?:)?\/\/)/i;
const HAS_ADDRESS = /(?:^|[\s,;|"'])(?:https?:)?\/\//i;

/** The links of a cell that holds one: it is split only if it holds several addresses. */
export function splitAddresses(cell: string): string[] {
  return HAS_ADDRESS.test(cell) && BEFORE_ADDRESS.test(cell.trim()) ? splitLinks(cell) : [cell];
}
