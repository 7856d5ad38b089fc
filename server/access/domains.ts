import { InvalidInputError } from '../errors/errors.ts';

const MAX_DOMAINS = 20;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** A host, or `*.` and a host of two parts at least: a whole top-level domain is nobody's. */
const DOMAIN = new RegExp(`^(?:\\*\\.${LABEL}\\.)?${LABEL}(?:\\.${LABEL})*$`);

/** The sites of a widget's key in one spelling. Throws InvalidInputError. */
export function checkDomains(domains: readonly string[]): string[] {
  const hosts = [...new Set(domains.map((domain) => domain.trim().toLowerCase()))];
  if (hosts.length < 1 || hosts.length > MAX_DOMAINS) {
    throw invalid(`A widget key needs 1 to ${MAX_DOMAINS} hosts that it works on.`);
  }
  for (const host of hosts) {
    if (host.length <= 253 && DOMAIN.test(host)) continue;
    throw invalid(
      `${JSON.stringify(host.slice(0, 100))} is not a host such as shop.example or *.shop.example.`,
    );
  }
  return hosts;
}

/** The host that a browser names as the page's own: of `Origin`, or of `Referer` where that is missing. */
export function hostOf(origin: string | undefined, referer: string | undefined): string | null {
  const named = origin ?? referer;
  if (!named || !URL.canParse(named)) return null;
  const { protocol, hostname } = new URL(named);
  return protocol === 'https:' || protocol === 'http:' ? hostname.toLowerCase() : null;
}

/** What a key may list to be good on this host: itself, and `*.` before each of the domains that it is within. */
export function patternsOf(host: string): string[] {
  const labels = host.split('.');
  return [host, ...labels.slice(1).map((_, i) => `*.${labels.slice(i + 1).join('.')}`)];
}

/** `*.shop.example` is for every host within shop.example, and not for that itself. */
export function isListed(domains: readonly string[], host: string): boolean {
  const patterns = patternsOf(host);
  return domains.some((domain) => patterns.includes(domain));
}

function invalid(message: string): InvalidInputError {
  return new InvalidInputError(message, { field: 'domains' });
}
