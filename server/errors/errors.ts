import type { ErrorCodeName } from './codes.ts';

/** The errors that clients may see. Whatever else is thrown is masked by `maskError` and logged. */
export class ArmoireError extends Error {
  /** Stable, for programs: a client may switch on it. */
  readonly code: ErrorCodeName;
  /** Further fields beside `code` in the GraphQL error's extensions. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCodeName,
    message: string,
    options: { cause?: unknown; extensions?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.extensions = options.extensions ?? {};
  }
}

export class NotFoundError extends ArmoireError {
  constructor(message: string) {
    super('NOT_FOUND', message);
  }
}

/** `code` is INVALID_INPUT unless a finer one says more, such as INVALID_CURSOR. `field` names the argument. */
export class InvalidInputError extends ArmoireError {
  constructor(message: string, options: { code?: ErrorCodeName; field?: string; cause?: unknown } = {}) {
    super(options.code ?? 'INVALID_INPUT', message, {
      cause: options.cause,
      extensions: options.field === undefined ? {} : { field: options.field },
    });
  }
}

export type InvalidImageCode =
  | 'NOT_AN_IMAGE'
  | 'IMAGE_TRUNCATED'
  | 'IMAGE_TOO_LARGE'
  | 'IMAGE_FORMAT_UNSUPPORTED';

export class InvalidImageError extends ArmoireError {
  constructor(code: InvalidImageCode, message: string, options: { cause?: unknown } = {}) {
    super(code, message, options);
  }
}

/** No key, or one that is unknown or revoked. */
export class UnauthenticatedError extends ArmoireError {
  constructor(message = 'This key is unknown or was revoked.') {
    super('UNAUTHENTICATED', message);
  }
}

/** The key is good, but its role may not do this. */
export class ForbiddenError extends ArmoireError {
  constructor(message: string) {
    super('FORBIDDEN', message);
  }
}

/** The server has as much work as it can queue. `retryAfter` is in seconds. */
export class BusyError extends ArmoireError {
  constructor(message: string, retryAfter: number) {
    super('BUSY', message, { extensions: { retryAfter } });
  }
}

/** This client asks too often. `retryAfter` is in seconds. */
export class RateLimitedError extends ArmoireError {
  constructor(message: string, retryAfter: number) {
    super('RATE_LIMITED', message, { extensions: { retryAfter } });
  }
}
