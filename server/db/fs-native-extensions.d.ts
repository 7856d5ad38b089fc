/** The part that we use; the package has no types. */
declare module 'fs-native-extensions' {
  /** Locks the open file until it is closed; false if another open file holds the lock. */
  export function tryLock(fd: number, options?: { shared?: boolean }): boolean;
}
