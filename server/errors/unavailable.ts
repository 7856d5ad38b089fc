import pg from 'pg';
import { causesOf, isLostConnection } from './lost-connection.ts';
import { StoreUnavailableError } from './store-unavailable.ts';

/** Seconds after which it is worth asking again: about as long as a database takes to restart. */
export const RETRY_SECONDS = 10;

/** The disk is full or cannot be written; of the system. */
const DISK = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);
/**
 * PostgreSQL's classes: connection exception, rolled back for others' sake (and more than once), insufficient resources,
 * operator intervention, a statement that took too long among it, system error.
 */
const CLASSES = ['08', '40', '53', '57', '58'];
/**
 * Whether the error, or one of its causes, is that the database or the store is down or overloaded or the disk full: nobody's fault,
 * and passing.
 */
export function isUnavailable(error: unknown): boolean {
  return causesOf(error).some((cause) => {
    const { code } = cause as NodeJS.ErrnoException;
    if (cause instanceof StoreUnavailableError) return true;
    if (cause instanceof pg.DatabaseError) return CLASSES.some((prefix) => code?.startsWith(prefix));
    return (code !== undefined && DISK.has(code)) || isLostConnection(cause);
  });
}
