/** What a JPEG costs whose scans do not each hold complete pixels: ITU-T T.81, annex B. */

const SOF = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
const PROGRESSIVE = new Set([0xc2, 0xc6, 0xca, 0xce]);
const SOS = 0xda;
const EOI = 0xd9;
/** Markers without a payload: TEM, RST0 to RST7, SOI. */
const ALONE = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** Bytes of one coefficient. */
const COEFFICIENT = 2;

interface Frame {
  readonly progressive: boolean;
  readonly components: number;
  readonly coefficients: number;
}

export interface JpegScans {
  /** Bytes of the coefficients that libjpeg must hold until the last scan is read. */
  readonly bytes: number;
  /** How many scans pass over them. */
  readonly count: number;
  /** Upper bound of the coefficients that all scans together pass over. */
  readonly visits: number;
}

/** All 0 for a JPEG that is decoded row by row, of which libjpeg reads the first scan alone. */
const ROW_BY_ROW: JpegScans = { bytes: 0, count: 0, visits: 0 };

export function readJpegScans(bytes: Uint8Array): JpegScans {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let frame: Frame | null = null;
  let count = 0;
  for (let at = 2; at + 4 <= file.length; ) {
    if (file[at] !== 0xff || file[at + 1] === 0xff || file[at + 1] === 0) {
      at += 1;
      continue;
    }
    const marker = file[at + 1]!;
    if (marker === EOI) break;
    if (ALONE(marker)) {
      at += 2;
      continue;
    }
    const length = Math.max(2, file.readUInt16BE(at + 2));
    if (SOF.has(marker)) frame = readFrame(marker, file.subarray(at + 4, at + 2 + length));
    if (marker === SOS) {
      const isWhole = !frame?.progressive && (file[at + 4] ?? 0) >= (frame?.components ?? 0);
      if (count === 0 && isWhole) return ROW_BY_ROW;
      count += 1;
    }
    at += 2 + length;
  }
  if (!frame || count === 0) return ROW_BY_ROW;
  return { bytes: frame.coefficients * COEFFICIENT, count, visits: frame.coefficients * count };
}

function readFrame(marker: number, segment: Buffer): Frame | null {
  const components = segment[5] ?? 0;
  if (segment.length < 6 + 3 * components) return null;
  const [height, width] = [segment.readUInt16BE(1), segment.readUInt16BE(3)];
  const factors = Array.from({ length: components }, (_, i) => segment[7 + 3 * i]!).map(
    (packed) => [packed >> 4 || 1, packed & 15 || 1] as const,
  );
  const [across, down] = [0, 1].map((axis) => Math.max(1, ...factors.map((factor) => factor[axis]!)));
  const padded = (pixels: number, most: number) => Math.ceil(pixels / (8 * most)) * 8;
  const coefficients = factors.reduce(
    (sum, [h, v]) => sum + padded(width, across!) * h * padded(height, down!) * v,
    0,
  );
  return { progressive: PROGRESSIVE.has(marker), components, coefficients };
}
