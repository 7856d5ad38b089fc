import { randomUUID } from 'node:crypto';

export interface Log {
  info(message: string): void;
  /** Returns the reference under which the error was logged, for whoever reports it. */
  error(message: string, cause: unknown): string;
}

/** Plain lines: information on stdout, errors with their causes on stderr. */
export function makeLog(level: 'silent' | 'error' | 'info'): Log {
  return {
    info(message) {
      if (level === 'info') console.log(message);
    },
    error(message, cause) {
      const reference = randomUUID().slice(0, 8);
      if (level !== 'silent') console.error(`[${reference}] ${message}`, cause);
      return reference;
    },
  };
}
