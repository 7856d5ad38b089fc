import type { ApiError } from './api/errors.ts';

export interface Explanation {
  title: string;
  /** The server's own sentence, and what to do where the page can add something. */
  advice: string;
  /** Whether the same request may succeed when sent again. */
  retry: boolean;
}

/** What the page adds to the server's sentence. */
interface Known {
  readonly title: string;
  readonly next?: string;
  readonly retry?: boolean;
}

const KNOWN = new Map<string, Known>(
  Object.entries({
    NOT_AN_IMAGE: { title: 'That is not an image' },
    IMAGE_TRUNCATED: {
      title: 'The image is damaged',
      next: 'Save or download it once more, then choose it again.',
    },
    IMAGE_TOO_LARGE: { title: 'The photo is too large' },
    IMAGE_FORMAT_UNSUPPORTED: { title: 'This picture format cannot be read' },
    TOO_MANY_REGIONS: {
      title: 'This photo has as many drawn regions as it can have',
      next: 'Remove one of them first.',
    },
    FILE_TOO_LARGE: { title: 'The file is too large' },
    FEED_TOO_LARGE: {
      title: 'The feed is too large',
      next: 'Split it into several files, or let whoever runs the server raise MAX_FEED_MB.',
    },
    FEED_UNREADABLE: { title: 'This feed cannot be read' },
    EMPTY_FEED: { title: 'The feed is empty', next: 'Export it once more.' },
    BUSY: { title: 'The server is busy', next: 'Nothing is lost: try again in a few seconds.', retry: true },
    RATE_LIMITED: { title: 'That was a lot in one minute', next: 'Nothing is lost.', retry: true },
    UNAVAILABLE: { title: 'The server cannot answer right now', next: 'Nothing is lost.', retry: true },
    UPLOAD_CUT_OFF: { title: 'The upload was interrupted', retry: true },
    UPLOAD_TOO_SLOW: { title: 'The upload is too slow', retry: true },
    UNAUTHENTICATED: {
      title: 'Your key is no longer in force',
      next: 'Sign in with another one.',
      retry: true,
    },
    UNREACHABLE: {
      title: 'No connection to the server',
      next: 'Check that you are online and that the server is running, then try again.',
      retry: true,
    },
    INTERNAL_SERVER_ERROR: {
      title: 'Something went wrong',
      next: 'Try again; if it happens again, the server’s log says why.',
      retry: true,
    },
  } satisfies Record<string, Known>),
);

const OTHER: Known = { title: 'That is not possible' };

/** A failed request, explained to the visitor. Codes that the page does not know are explained by the server alone. */
export function explain({ code, message, retryAfter }: ApiError): Explanation {
  const { title, next, retry = false } = KNOWN.get(code) ?? OTHER;
  const wait = retryAfter && !message.includes(`${retryAfter} s`) ? `(About ${retryAfter} s.)` : null;
  const advice = [sentence(message), next, wait].filter(Boolean).join(' ');
  return { title, advice: advice || 'The server gave no reason.', retry };
}

function sentence(message: string): string {
  const text = message.trim();
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}
