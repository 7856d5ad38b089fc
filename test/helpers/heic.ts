import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of a file in test/fixtures/heic, whose README says what is in it. */
export function heicPath(name: string): string {
  return fileURLToPath(new URL(`../fixtures/heic/${name}.heic`, import.meta.url));
}

export function readHeic(name: string): Buffer {
  return readFileSync(heicPath(name));
}

/** With the byte after a box's name changed: the angle of `irot`, the axis of `imir`. */
export function withBox(heic: Buffer, box: 'irot' | 'imir', value: number): Buffer {
  const changed = Buffer.from(heic);
  changed[changed.indexOf(box) + 4] = value;
  return changed;
}

/** With another primary item. */
export function withPrimary(heic: Buffer, item: number): Buffer {
  const changed = Buffer.from(heic);
  // After its name: version and flags, and the id.
  changed.writeUInt16BE(item, changed.indexOf('pitm') + 8);
  return changed;
}
