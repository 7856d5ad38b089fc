import { domainToASCII } from 'node:url';
import { InvalidInputError } from '../errors/errors.ts';

const MAX_DOMAINS = 20;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** A host, or `*.` and a host with at least two parts, since nobody owns a whole top-level domain. */
const DOMAIN = new RegExp(`^(?:\\*\\.${LABEL}\\.)?${LABEL}(?:\\.${LABEL})*$`);

/** The hosts of a widget's key, normalised. Throws InvalidInputError. */
export function checkDomains(domains: readonly string[]): string[] {
  const hosts = [...new Set(domains.map((domain) => asSent(domain.trim().toLowerCase())))];
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

/** As browsers send it: `xn--mller-kva.de` for `müller.de`. What cannot be sent so stays, to be refused by its own name. */
function asSent(host: string): string {
  const isInternational = /[^ -~]/.test(host) && !/[^\w.*-]/.test(host.replace(/[^ -~]/g, ''));
  return isInternational ? domainToASCII(host) || host : host;
}

/** The host of the page that sent the request, from `Origin`, or from `Referer` if there is none. */
export function hostOf(origin: string | undefined, referer: string | undefined): string | null {
  const named = origin ?? referer;
  if (!named || !URL.canParse(named)) return null;
  const { protocol, hostname } = new URL(named);
  return protocol === 'https:' || protocol === 'http:' ? hostname.toLowerCase() : null;
}

/** The entries that allow this host: the host itself, and `*.` before each of its parent domains. */
export function patternsOf(host: string): string[] {
  const labels = host.split('.');
  return [host, ...labels.slice(1).map((_, i) => `*.${labels.slice(i + 1).join('.')}`)];
}

/** `*.shop.example` allows every subdomain of shop.example, but not shop.example itself. */
export function isListed(domains: readonly string[], host: string): boolean {
  const patterns = patternsOf(host);
  return domains.some((domain) => patterns.includes(domain));
}

function invalid(message: string): InvalidInputError {
  return new InvalidInputError(message, { field: 'domains' });
}
