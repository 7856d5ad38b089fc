import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { destination, pino, stdSerializers, stdTimeFunctions } from 'pino';

export type LogLevel = 'silent' | 'error' | 'info';
export type LogFormat = 'text' | 'json';

/** A request that was answered. Its path is that of `shortPath`, and has no query, in which the signature of a link may stand. */
export interface AnsweredRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
}

export interface Log {
  info(message: string): void;
  /** Returns the reference under which the error was logged, for whoever reports it. */
  error(message: string, cause: unknown): string;
  /** Missing where requests are not logged. */
  request?(answered: AnsweredRequest): void;
}

/** The id of the request that the running code works for, if it works for one. */
export const currentRequest = new AsyncLocalStorage<string>();

/** `text`: lines for people. `json`: an object a line, for programs that collect logs. */
export function makeLog(level: LogLevel, format: LogFormat = 'text'): Log {
  return format === 'json' ? jsonLog(level) : textLog(level);
}

/** Plain lines: information on stdout, errors with their causes on stderr. */
function textLog(level: LogLevel): Log {
  return {
    info(message) {
      if (level === 'info') console.log(message);
    },
    error(message, cause) {
      const reference = makeReference();
      const request = currentRequest.getStore();
      const about = request === undefined ? '' : ` (request ${request})`;
      if (level !== 'silent') console.error(`[${reference}] ${message}${about}`, cause);
      return reference;
    },
  };
}

/** All on stdout; every request is a line, too. */
function jsonLog(level: LogLevel): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: stdSerializers.err },
      mixin: () => {
        const requestId = currentRequest.getStore();
        return requestId === undefined ? {} : { requestId };
      },
    },
    // Written at once, so that the last words of a process that ends are not lost.
    destination({ dest: 1, sync: true }),
  );
  return {
    info: (message) => logger.info(message),
    error(message, cause) {
      const reference = makeReference();
      logger.error({ reference, error: cause }, message);
      return reference;
    },
    request: (answered) => logger.info(answered, 'request'),
  };
}

/** Whoever knows these may see a shopper's photo. An outfit's id holds those of the garments in it. */
const OF_PHOTOS = /^\/(photos|outfits|images|crops|previews)\/[^/]+/i;

/** A request's path as logs and traces have it: without what opens a photo, and without its end where it is very long. */
export function shortPath(path: string): string {
  return usualPath(path).replace(OF_PHOTOS, '/$1/…').slice(0, 300);
}

/** A path as the pages' routes read it, which pass over empty segments, dots, backslashes and needless escapes. */
function usualPath(path: string): string {
  const plain = path
    .replace(/%[0-9a-f]{2}/gi, (sequence) => {
      const letter = String.fromCharCode(Number.parseInt(sequence.slice(1), 16));
      return /[\w./\\~-]/.test(letter) ? letter : sequence;
    })
    .replace(/[/\\]+/g, '/');
  return URL.canParse(plain, 'http://any') ? new URL(plain, 'http://any').pathname : plain;
}

function makeReference(): string {
  return randomUUID().slice(0, 8);
}
