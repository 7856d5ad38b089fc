/** Fast search among a mask's bytes. */
import type { Mask } from '../contract.ts';

/** The mask's bytes as a Buffer, whose search is several times as fast as a typed array's. */
export function searchable({ data }: Mask): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * A function that gives the first byte of a value at or after a position, the number of bytes where there is none.
 * Positions may only grow; then every byte is looked at once, however far the answers lie.
 */
export function seeker(bytes: Buffer, value: number): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      const at = bytes.indexOf(value, from);
      found = at < 0 ? bytes.length : at;
    }
    return found;
  };
}
