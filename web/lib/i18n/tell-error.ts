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
  const known: Code =
    /^[A-Z_]+$/.test(code) && t.has(`error.${code as Code}.title`) ? (code as Code) : 'OTHER';
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

function sentence(message: string): string {
  const text = message.trim();
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}
