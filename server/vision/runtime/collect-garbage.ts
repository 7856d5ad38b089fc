import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** Collects this thread's garbage now: a tenth of a second, for what is about to take much memory outside of the heap. */
export function collectGarbage(): void {
  if (!collect) {
    // Node has no other way to it while it runs.
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
