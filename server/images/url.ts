import { InvalidInputError } from '../errors.ts';

/** Widths that images are made in, in pixels; anything else is rounded up to one of them. */
export const WIDTHS = [160, 320, 640, 960, 1600] as const;

/** The least of WIDTHS that is enough; the greatest where none is. */
export function snapWidth(width: number): number {
  return WIDTHS.find((candidate) => candidate >= width) ?? WIDTHS[WIDTHS.length - 1]!;
}

export function imageUrl(sha256: string, width?: number | null): string {
  return `/images/${sha256}.webp${widthQuery(width)}`;
}

export function cropUrl(garmentId: string, width?: number | null): string {
  return `/crops/${garmentId}.webp${widthQuery(width)}`;
}

function widthQuery(width: number | null | undefined): string {
  if (width === null || width === undefined) return '';
  if (width < 1) throw new InvalidInputError('width must be at least 1.', { field: 'width' });
  return `?w=${snapWidth(width)}`;
}
