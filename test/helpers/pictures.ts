import sharp from 'sharp';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** What lies on the white ground: an ellipse of this colour, or nothing. */
  readonly color: string | null;
  readonly format: 'jpeg' | 'png' | 'webp' | 'avif';
}

/** A drawn picture: one ellipse in the middle, half as wide and as high as the picture. */
export async function drawPicture(overrides: Partial<Picture> = {}): Promise<Buffer> {
  const { width, height, color, format } = {
    width: 120,
    height: 160,
    color: 'crimson',
    format: 'png' as const,
    ...overrides,
  };
  const garment = color ? `<ellipse cx="50%" cy="50%" rx="25%" ry="25%" fill="${color}"/>` : '';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="white"/>${garment}</svg>`;
  return sharp(Buffer.from(svg)).toFormat(format).toBuffer();
}
