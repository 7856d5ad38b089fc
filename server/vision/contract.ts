/**
 * What the rest of the server knows of the vision pipeline. Boxes are x1, y1, x2, y2 in pixels of the upright image
 * (after EXIF orientation); masks have one byte a pixel, 0 or 1, row by row.
 */

/** DeepFashion2's categories in its order: category n of the data set is CATEGORIES[n - 1]. */
export const CATEGORIES = [
  'short sleeve top',
  'long sleeve top',
  'short sleeve outwear',
  'long sleeve outwear',
  'vest',
  'sling',
  'shorts',
  'trousers',
  'skirt',
  'short sleeve dress',
  'long sleeve dress',
  'vest dress',
  'sling dress',
] as const;

/** 1 to 13, as in DeepFashion2's `category_id`. */
export type CategoryId = number;

export type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/** A binary mask of the whole image: `data` is Uint8Array [height, width], 0 or 1. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A decoded, upright, metadata-free image: `data` is Uint8Array [height, width, 3], RGB. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A garment that the parser found, or a whole image (`category` null, `whole` true). */
export interface ParsedGarment {
  readonly category: CategoryId | null;
  readonly score: number;
  readonly box: Box;
  /** COCO's compressed run lengths at the image's height and width. */
  readonly rle: string;
  /** Pixels under the mask. */
  readonly area: number;
  readonly whole: boolean;
  /** Float32Array [256], unit length. */
  readonly embedding: Float32Array;
}

/** Bytes of an image file, beyond which it is refused unread. */
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

/** Who waits for an image: a shopper, or nobody. The catalogue's images are worked on when no shopper's is waiting. */
export type Turn = 'shopper' | 'catalogue';

/** Photo bytes in, garments out. The one implementation that runs the model is made by `openVision`. */
export interface Vision {
  /** Stored with every vector, so that vectors of two models are never compared. */
  readonly embeddingModel: string;
  /** Upright RGB pixels of a JPEG, PNG, WebP or AVIF. Throws InvalidImageError with a code. */
  decode(bytes: Uint8Array, turn?: Turn): Promise<Image>;
  /** Every garment above the manifest's threshold, best first; an empty list where there is none. */
  parse(image: Image, turn?: Turn): Promise<ParsedGarment[]>;
  /** The image as one garment, for a catalogue image in which the parser found nothing. */
  embedWhole(image: Image): Promise<ParsedGarment>;
  close(): Promise<void>;
}
