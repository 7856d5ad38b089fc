/** Who reads a feed in this process. */
export interface Readers {
  /**
   * Lets a feed be read, and returns what ends that. Null if it has to wait: a feed that the server did not survive is read
   * alone, so that no other feed is blamed if it ends again.
   */
  enter(isSuspect: boolean): (() => void) | null;
}

export function makeReaders(): Readers {
  let count = 0;
  let isAlone = false;
  return {
    enter(isSuspect) {
      if (isAlone || (isSuspect && count > 0)) return null;
      count += 1;
      isAlone = isSuspect;
      return () => {
        count -= 1;
        isAlone = false;
      };
    },
  };
}
