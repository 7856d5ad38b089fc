/** What is used of it here; the package brings no types. */
declare module 'fs-native-extensions' {
  /** Locks the open file until it is closed; false where another open file has the lock. */
  export function tryLock(fd: number, options?: { shared?: boolean }): boolean;
}
