import type { Duplex } from 'node:stream';

const CONTINUE = /^HTTP\/1\.[01] 100[ \r]/;
const BEGINNING = 'HTTP/1.1 100 ';
const END = Buffer.from('\r\n\r\n');
/** An interim answer has hardly any headers. */
const MOST_BYTES = 16 * 1024;

/**
 * Leaves out `100 Continue` where answers to a request begin with it. Some hosts send it unasked, and undici takes it for an
 * error.
 */
export function skipContinue(socket: Duplex): void {
  const push = socket.push.bind(socket);
  const write = socket.write.bind(socket);
  let isFirst = true;
  let held = Buffer.alloc(0);

  /** Null as long as it cannot be told. */
  function withoutContinue(): Buffer | null {
    for (;;) {
      const start = held.toString('latin1', 0, BEGINNING.length);
      if (start.length < BEGINNING.length && isBeginning(start)) return null;
      if (!CONTINUE.test(start)) return held;
      const end = held.indexOf(END);
      if (end < 0) return held.length < MOST_BYTES ? null : held;
      held = held.subarray(end + END.length);
    }
  }

  const pushRest = (chunk: Buffer | null, encoding?: BufferEncoding): boolean => {
    if (!isFirst) return push(chunk, encoding);
    if (chunk !== null) held = Buffer.concat([held, chunk]);
    const rest = chunk === null ? held : withoutContinue();
    if (rest === null) return true;
    isFirst = false;
    held = Buffer.alloc(0);
    if (chunk !== null) return push(rest);
    if (rest.length > 0) push(rest);
    return push(null);
  };
  // Whatever is sent on the connection is another request.
  const writeRequest = (...args: Parameters<typeof write>): boolean => {
    isFirst = true;
    return write(...args);
  };
  Object.assign(socket, { push: pushRest, write: writeRequest });
}

/** Whether an interim answer may begin so; an empty text may. */
function isBeginning(text: string): boolean {
  return [BEGINNING, BEGINNING.replace('1.1', '1.0')].some((beginning) => beginning.startsWith(text));
}
