import type { ApiError } from './api/errors.ts';

export interface Explanation {
  title: string;
  advice: string;
  /** Whether the same request may succeed when sent again. */
  retry: boolean;
}

const EXPLANATIONS = new Map<string, Explanation>(
  Object.entries({
    NOT_AN_IMAGE: {
      title: 'That file is not an image',
      advice: 'Choose a photo as JPEG, PNG, WebP or AVIF.',
      retry: false,
    },
    TOO_MANY_REGIONS: {
      title: 'This photo has as many drawn regions as it can have',
      advice: 'Remove one of them first.',
      retry: false,
    },
    IMAGE_TRUNCATED: {
      title: 'The image is damaged',
      advice: 'A part of the file is missing. Save or download it once more, then choose it again.',
      retry: false,
    },
    IMAGE_TOO_LARGE: {
      title: 'The photo is too large',
      advice:
        'At most 20 MB and 50 megapixels can be searched, 13 of an AVIF. Choose a smaller version of it, or a JPEG.',
      retry: false,
    },
    IMAGE_FORMAT_UNSUPPORTED: {
      title: 'This picture format cannot be read',
      advice:
        'HEIC photos from an iPhone: open the photo, choose Share or Export, save it as JPEG and choose that file.',
      retry: false,
    },
    LINK_DROPPED: {
      title: 'That was a link, not an image',
      advice: 'Copy the image itself and paste it here, or save it to your device first.',
      retry: false,
    },
    BUSY: {
      title: 'The server is busy',
      advice:
        'Many photos are being read at the moment. Your photo is still here: try again in a few seconds.',
      retry: true,
    },
    RATE_LIMITED: {
      title: 'That was a lot in one minute',
      advice: 'Wait a moment, then try again. Your photo is still here.',
      retry: true,
    },
    FEED_TOO_LARGE: {
      title: 'The feed is too large',
      advice: 'Split it into several files, or let whoever runs the server raise MAX_FEED_MB.',
      retry: false,
    },
    EMPTY_FEED: {
      title: 'The feed is empty',
      advice: 'There is nothing in that file. Export it once more.',
      retry: false,
    },
    UNAUTHENTICATED: {
      title: 'Your key is no longer in force',
      advice: 'It was revoked, or belongs to another installation. Sign in with another one.',
      retry: true,
    },
    UNREACHABLE: {
      title: 'No connection to the server',
      advice: 'Check that you are online and that the server is running, then try again.',
      retry: true,
    },
  }),
);

/** A failed request, explained to the visitor. */
export function explain({ code, message, retryAfter }: ApiError): Explanation {
  if (code === 'FEED_UNREADABLE') {
    return { title: 'This feed cannot be read', advice: message, retry: false };
  }
  const known = EXPLANATIONS.get(code);
  if (known && retryAfter) return { ...known, advice: `${known.advice} (About ${retryAfter} s.)` };
  if (!known && code !== 'INTERNAL_SERVER_ERROR' && message) {
    return { title: 'That is not possible', advice: message, retry: false };
  }
  return (
    known ?? {
      title: 'Something went wrong',
      advice: 'The server could not answer. Try again; if it happens again, the server’s log says why.',
      retry: true,
    }
  );
}
