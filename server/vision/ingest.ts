/** One pipeline for both a shopper's photo and a catalogue image. */

import type { ParsedGarment, Turn, Vision } from './contract.ts';
import { encodeWebp } from './image.ts';
import type { ImageFile } from './image-file.ts';

/** Stores upright images without metadata. */
export interface ImageSink {
  /** Returns the SHA-256 of the bytes in hex, which is the image's name. */
  put(bytes: Buffer): Promise<string>;
}

/** Boxes and masks refer to the stored image, which is `width` × `height` pixels. */
export interface IngestedImage {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly garments: ParsedGarment[];
}

/**
 * Decodes, downscales, parses, embeds and stores an image; nothing is stored unless all of it succeeds. A photo without
 * garments gives an empty list. Throws InvalidImageError, and BusyError when too many images wait.
 */
export async function ingestImage(
  deps: { readonly vision: Vision; readonly images: ImageSink },
  file: ImageFile,
  turn: Turn = 'shopper',
): Promise<IngestedImage> {
  const { vision, images } = deps;
  const image = await vision.decode(file, turn);
  const [garments, webp] = await Promise.all([vision.parse(image, turn), encodeWebp(image)]);
  const sha256 = await images.put(webp);
  return { sha256, width: image.width, height: image.height, garments };
}
