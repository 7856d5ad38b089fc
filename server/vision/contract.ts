/**
 * What the rest of the server knows of the vision pipeline. Boxes are x1, y1, x2, y2 in pixels of the upright image
 * (after EXIF orientation); masks have one byte a pixel, 0 or 1, row by row.
 */
import type { CategoryId, CategoryName, ColourName } from '../vocabulary/taxonomy.ts';
import type { ImageFile } from './image-file.ts';

/** Numbers in an embedding: the size of `garments.embedding` in the database. */
export const EMBEDDING_SIZE = 256;

/** The blocks of an embedding in their order: shape and cut; colour; pattern. */
export const PARTS = ['category', 'colour', 'pattern'] as const;

/** Entries `from` to before `to`: a unit vector times the root of `weight`, so that cosines add up by weight. */
export interface EmbeddingPart {
  readonly name: (typeof PARTS)[number];
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** How a cosine similarity becomes the probability that such a match agrees in category and dominant colour. */
export interface ScoreCurve {
  /** [similarity, probability], ascending: linear between them, flat outside. */
  readonly points: readonly (readonly [similarity: number, probability: number])[];
  /** The score below which a match is none. */
  readonly cutoff: number;
  readonly cutoffByCategory: Readonly<Partial<Record<CategoryName, number>>>;
}

/** What is known of one model's embeddings beside their cosine; null where its manifest does not say it. */
export interface EmbeddingSpace {
  readonly model: string;
  readonly parts: readonly EmbeddingPart[] | null;
  /** What a colour's block looks like, unit length. */
  readonly prototypes: Readonly<Partial<Record<ColourName, readonly number[]>>> | null;
  readonly score: ScoreCurve | null;
}

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
  /** The dominant colour; null where the model does not tell colours. */
  readonly colour: ColourName | null;
  /** Float32Array [256], unit length. */
  readonly embedding: Float32Array;
  /** By a candidate's embedder, while there is one. */
  readonly further?: { readonly model: string; readonly embedding: Float32Array } | undefined;
}

/** What a model says of one garment. */
export interface Embedded {
  /** Float32Array [256], unit length. */
  readonly embedding: Float32Array;
  /** Null where the model does not tell colours. */
  readonly colour: ColourName | null;
}

/** The embedder alone: makes vectors of garments that were found before. */
export interface GarmentEmbedder {
  readonly space: EmbeddingSpace;
  /** One for each mask, in their order; every mask has at least one pixel. Throws BusyError. */
  embed(image: Image, masks: readonly Mask[], turn?: Turn): Promise<Embedded[]>;
}

/** Bytes of an image file, beyond which it is refused unread. */
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

/** Who waits for an image: a shopper, or nobody. The catalogue's images are worked on when no shopper's is waiting. */
export type Turn = 'shopper' | 'catalogue';

/** Where the model runs: cpu, cuda, ..., and which wanted ones could not be used, each with its reason. */
export interface Serving {
  readonly provider: string;
  readonly passedOver: readonly string[];
}

/** Photo bytes in, garments out. The one implementation that runs the model is made by `openVision`. */
export interface Vision {
  readonly serving: Serving;
  /** Stored with every vector, so that vectors of two models are never compared. */
  readonly embeddingModel: string;
  /** What that model's vectors mean. */
  readonly embedding: EmbeddingSpace;
  /** The embedders that are at hand: the one that `parse` uses, and a candidate's, while there is one. */
  readonly embedders?: readonly GarmentEmbedder[] | undefined;
  /** Upright RGB pixels of a JPEG, PNG, WebP or AVIF, read when its turn comes. Throws InvalidImageError with a code. */
  decode(file: ImageFile, turn?: Turn): Promise<Image>;
  /** Every garment above the manifest's threshold, best first; an empty list where there is none. */
  parse(image: Image, turn?: Turn): Promise<ParsedGarment[]>;
  /**
   * What a person drew a box around, inside the image: the garment that the parser finds there when it looks closer,
   * else the drawing itself, with category null.
   */
  parseRegion(image: Image, box: Box): Promise<ParsedGarment>;
  /** The image as one garment, for a catalogue image in which the parser found nothing. */
  embedWhole(image: Image): Promise<ParsedGarment>;
  close(): Promise<void>;
}
