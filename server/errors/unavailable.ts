import pg from 'pg';
import { StoreUnavailableError } from './store-unavailable.ts';

/** Seconds after which it is worth asking again: about as long as a database takes to restart. */
export const RETRY_SECONDS = 10;

/** The disk is full or cannot be written; of the system. */
const DISK = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);
/** No connection; of the system. */
const CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND']);
/**
 * PostgreSQL's classes: connection exception, rolled back for others' sake (and more than once), insufficient resources,
 * operator intervention, a statement that took too long among it, system error.
 */
const CLASSES = ['08', '40', '53', '57', '58'];
/** What pg and its pool say, without a code, of a server that is gone or does not answer. */
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error)/;

/**
 * Whether the error, or one of its causes, is that the database or the store is down or overloaded or the disk full: nobody's fault,
 * and passing.
 */
export function isUnavailable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (cause instanceof StoreUnavailableError) return true;
    if (cause instanceof pg.DatabaseError) {
      if (CLASSES.some((prefix) => code?.startsWith(prefix))) return true;
    } else if (code !== undefined && (DISK.has(code) || CONNECTION.has(code))) return true;
    // The embedded database's socket is gone with its thread.
    else if (code === 'ENOENT' && syscall === 'connect') return true;
    else if (MESSAGES.test(cause.message)) return true;
  }
  return false;
}
