/** What the main thread is working on, in memory that the watchdog's thread reads while the main thread does not turn. */
export interface InHand {
  /** Says that some work begins. Returns the function that says that it has ended. */
  begin(work: string): () => void;
  readonly shared: SharedArrayBuffer;
}

/** Where `shared` has what: a counter of turns, the length of the text, and the text in UTF-8. */
export const LAYOUT = { turns: 0, length: 1, textFrom: 8, textBytes: 1024 };
const MAX_WORK = 200;

export function makeInHand(): InHand {
  const shared = new SharedArrayBuffer(LAYOUT.textFrom + LAYOUT.textBytes);
  const numbers = new Int32Array(shared, 0, 2);
  const text = new Uint8Array(shared, LAYOUT.textFrom);
  const works = new Map<symbol, string>();
  const encoder = new TextEncoder();
  const share = () => {
    // What began last is likelier to be at fault, and the text may be cut.
    const { written } = encoder.encodeInto([...works.values()].reverse().join('; '), text);
    Atomics.store(numbers, LAYOUT.length, written);
  };
  return {
    shared,
    begin(work) {
      const id = Symbol();
      works.set(id, oneLine(work));
      share();
      return () => {
        if (works.delete(id)) share();
      };
    },
  };
}

/** Names of files come from clients, who could otherwise write lines of their own into the log. */
function oneLine(text: string): string {
  return text.slice(0, MAX_WORK).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
