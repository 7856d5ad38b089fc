/** HTTP's status for the codes that have one of their own; 400 for all others. */
const STATUS: ReadonlyMap<unknown, number> = new Map([
  ['UNAUTHENTICATED', 401],
  ['FORBIDDEN', 403],
  ['NOT_FOUND', 404],
  ['METHOD_NOT_ALLOWED', 405],
  ['REQUEST_TIMEOUT', 408],
  ['UPLOAD_TOO_SLOW', 408],
  ['BODY_TOO_LARGE', 413],
  ['FILE_TOO_LARGE', 413],
  ['IMAGE_TOO_LARGE', 413],
  ['UPGRADE_REFUSED', 426],
  ['RATE_LIMITED', 429],
  ['INTERNAL_SERVER_ERROR', 500],
  ['BUSY', 503],
  ['UNAVAILABLE', 503],
]);

export function statusOf(code: unknown): number {
  return STATUS.get(code) ?? 400;
}

/** The status of a refusal that says when to come again, and its header Retry-After. */
export function retryOf(
  extensions: Readonly<Record<string, unknown>> | undefined,
): { status: number; seconds: string } | null {
  const { code, retryAfter } = extensions ?? {};
  return typeof retryAfter === 'number'
    ? { status: statusOf(code), seconds: String(Math.max(1, Math.ceil(retryAfter))) }
    : null;
}
