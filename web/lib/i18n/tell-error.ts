import type { ApiError } from '../api/errors.ts';
import type { en } from './messages/en.ts';
import type { Words } from './words.ts';

export interface Explanation {
  title: string;
  /** What happened, and what to do where there is something. */
  advice: string;
  /** Whether the same request may succeed when sent again. */
  retry: boolean;
}

type Code = Exclude<keyof typeof en.error, 'wait'>;

/** Codes that mean the same to a shopper as another one. */
const MEANS: ReadonlyMap<string, Code> = new Map([
  ['BAD_MULTIPART', 'INVALID_INPUT'],
  ['BAD_REQUEST', 'INVALID_INPUT'],
  ['BAD_USER_INPUT', 'INVALID_INPUT'],
  ['BODY_TOO_LARGE', 'INVALID_INPUT'],
  ['FETCH_FAILED', 'FETCH_REFUSED'],
  ['FILE_MISSING', 'UPLOAD_CUT_OFF'],
  ['QUERY_TOO_COSTLY', 'INVALID_INPUT'],
  ['QUERY_TOO_DEEP', 'INVALID_INPUT'],
  ['REQUEST_TIMEOUT', 'UPLOAD_TOO_SLOW'],
]);

const MAY_SUCCEED_LATER = new Set([
  'BUSY',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'UPLOAD_CUT_OFF',
  'UPLOAD_TOO_SLOW',
  'UNAUTHENTICATED',
  'UNREACHABLE',
  'INTERNAL_SERVER_ERROR',
]);

/**
 * A failed request, explained by its code in the page's language. In English the server's own sentence says more than a
 * sentence for the code, so it is used where there is one.
 */
export function tellError(error: ApiError, { t, language }: Pick<Words, 't' | 'language'>): Explanation {
  const { code, message, retryAfter } = error;
  const known = knownCode(code, t);
  const said = (language === 'en' && sentence(message)) || t(`error.${known}.told`);
  const next = `error.${known}.next` as 'error.BUSY.next';
  const wait =
    retryAfter && !said.includes(`${retryAfter} s`) ? t('error.wait', { seconds: retryAfter }) : null;
  return {
    title: t(`error.${known}.title`),
    advice: [said, t.has(next) ? t(next) : null, wait].filter(Boolean).join(' '),
    retry: MAY_SUCCEED_LATER.has(code),
  };
}

function knownCode(code: string, t: Words['t']): Code {
  const meant = MEANS.get(code) ?? (code as Code);
  return /^[A-Z_]+$/.test(meant) && t.has(`error.${meant}.title`) ? meant : 'OTHER';
}

function sentence(message: string): string {
  const text = message.trim();
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}
