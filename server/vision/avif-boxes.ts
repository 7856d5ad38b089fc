/** The outermost boxes of an ISO media file: ISO/IEC 14496-12, 4.2. */

export interface Box {
  readonly type: string;
  readonly body: Buffer;
}

export function* topBoxes(file: Buffer): Generator<Box> {
  for (let at = 0; at + 8 <= file.length; ) {
    const size = file.readUInt32BE(at);
    // 0: to the end of the file; 1: a 64-bit size, of which files below the limit need only the lower half.
    const length =
      size === 0
        ? file.length - at
        : size === 1 && at + 16 <= file.length
          ? file.readUInt32BE(at + 12)
          : size;
    if (length < 8) return;
    yield {
      type: file.toString('latin1', at + 4, at + 8),
      body: file.subarray(at + 8, at + length),
    };
    at += length;
  }
}
