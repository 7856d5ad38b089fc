import pg from 'pg';
import { causesOf, isLostConnection } from './lost-connection.ts';
import { StoreUnavailableError } from './store-unavailable.ts';

/** Of SQLSTATE: connection lost, rolled back for another's sake, out of resources, in use, shut down, disk. */
const PASSING_CLASSES = ['08', '40', '53', '55', '57', '58'];
/** A statement that took too long is likely to do so again. */
const QUERY_CANCELED = '57014';
/** Of the system: the disk, and what a process may have. */
const PASSING_CODES = new Set('ENOSPC EDQUOT EMFILE ENFILE EBUSY EAGAIN EIO ENOMEM'.split(' '));

/** Of SQLSTATE: what is wrong with the data itself, or refused by a constraint, a limit or a trigger. */
const REFUSING_CLASSES = ['22', '23', '54', 'P0', 'XX'];

/** Whether the database, the store or the disk could not be had: nothing is wrong with the task, which waits until it can. */
export function isOutage(error: unknown): boolean {
  return causesOf(error).some((cause) => {
    if (cause instanceof StoreUnavailableError) return true;
    const code = 'code' in cause ? String(cause.code) : '';
    if (cause instanceof pg.DatabaseError) {
      return code !== QUERY_CANCELED && PASSING_CLASSES.includes(code.slice(0, 2));
    }
    return PASSING_CODES.has(code) || isLostConnection(cause);
  });
}

/** Whether the database refused what it was given, and would do so again. */
export function isRefusal(error: unknown): boolean {
  return causesOf(error).some(
    (cause) => cause instanceof pg.DatabaseError && REFUSING_CLASSES.includes(cause.code?.slice(0, 2) ?? ''),
  );
}
