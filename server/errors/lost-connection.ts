/** No connection, or none any more; of the system. */
const CODES = new Set(
  (
    'ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH EHOSTDOWN ENETUNREACH ENETDOWN ENETRESET ' +
    'EADDRNOTAVAIL ENOTFOUND EAI_AGAIN'
  ).split(' '),
);
/** What pg and its pool say, without a code, of a server that is gone or does not answer. */
const MESSAGES =
  /^(?:connection (?:terminated|ended|error)|timeout exceeded when trying to connect|timeout expired|client has encountered a connection error)|not queryable/i;

/** Whether a connection could not be made, or was lost. Not what the other side says over one. */
export function isLostConnection(error: Error): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined) return MESSAGES.test(error.message);
  // The embedded database's socket is gone with its thread.
  return CODES.has(code) || (code === 'ENOENT' && syscall === 'connect');
}

const MOST = 10;

/** An error with its causes: also what GraphQL has wrapped, and what befell each of several addresses. */
export function causesOf(error: unknown): Error[] {
  const found: Error[] = [];
  const next = [error];
  while (next.length > 0 && found.length < MOST) {
    const cause = next.shift();
    if (!(cause instanceof Error) || found.includes(cause)) continue;
    found.push(cause);
    const { originalError, errors } = cause as { originalError?: unknown; errors?: unknown };
    next.push(cause.cause, originalError, ...(Array.isArray(errors) ? errors : []));
  }
  return found;
}
