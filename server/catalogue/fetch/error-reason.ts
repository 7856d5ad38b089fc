import { own } from '../../vocabulary/own.ts';

const BROKEN_OFF = 'could not be fetched: its host broke the connection off';

/**
 * Why a request failed, as the end of a sentence that begins with the address. By the error codes of Node and undici.
 */
const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'is at a host that cannot be found',
  EAI_AGAIN: 'is at a host that cannot be found',
  ECONNREFUSED: 'could not be fetched: its host refuses the connection',
  ECONNRESET: BROKEN_OFF,
  EPIPE: BROKEN_OFF,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: BROKEN_OFF,
  UND_ERR_SOCKET: BROKEN_OFF,
  ETIMEDOUT: 'could not be fetched: its host does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'could not be fetched: its host does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'could not be fetched: its host did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'could not be fetched: its host stopped in the middle of it',
  EHOSTUNREACH: 'could not be fetched: its host cannot be reached',
  ENETUNREACH: 'could not be fetched: its host cannot be reached',
  CERT_HAS_EXPIRED: "could not be fetched: its host's certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "could not be fetched: its host's certificate is for another name",
};

export function fetchErrorReason(error: unknown): string {
  if (!(error instanceof Error)) return 'could not be fetched';
  if (error.name === 'TimeoutError') return 'could not be fetched: it took too long';
  const code = 'code' in error ? String(error.code) : '';
  const words = own(WORDS, code);
  if (words) return words;
  if (/CERT|SIGNATURE/.test(code)) return "could not be fetched: its host's certificate is not trusted";
  if (/SSL|TLS|EPROTO/.test(code)) return 'could not be fetched: no encrypted connection came about';
  // An answer in chunks that ends before the last one: that has no code.
  if (error.name === 'HTTPParserError' && error.message.includes('EOF')) return BROKEN_OFF;
  if (/^(?:Z_|ERR__ERROR_|ERR_BROTLI)/.test(code))
    return 'could not be fetched: it is packed wrongly or cut off';
  if (code.startsWith('HPE_')) return 'could not be fetched: its host does not answer in HTTP';
  return 'could not be fetched';
}
