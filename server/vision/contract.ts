/**
 * The vision pipeline's interface to the rest of the server. Boxes are x1, y1, x2, y2 in pixels of the upright image
 * (after EXIF orientation); masks have one byte per pixel, 0 or 1, row by row.
 */
import type { Lab } from '../vocabulary/palette.ts';
import type { CategoryId, CategoryName, ColourName, PatternName } from '../vocabulary/taxonomy.ts';
import type { ImageFile } from './image-file.ts';

/** Length of an embedding: the size of `garments.embedding` in the database. */
export const EMBEDDING_SIZE = 256;

/** The blocks of an embedding in order: shape and cut; colour; pattern. */
export const PARTS = ['category', 'colour', 'pattern'] as const;

/**
 * Entries `from` (inclusive) to `before` (exclusive): a unit vector scaled by √weight, so that the cosines of the
 * blocks add up by weight.
 */
export interface EmbeddingPart {
  readonly name: (typeof PARTS)[number];
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** Maps a cosine similarity to the probability that the match agrees in category and dominant colour. */
export interface ScoreCurve {
  /** [similarity, probability], ascending: linear between points, flat outside. */
  readonly points: readonly (readonly [similarity: number, probability: number])[];
  /** Below this score, an item is not a match. */
  readonly cutoff: number;
  readonly cutoffByCategory: Readonly<Partial<Record<CategoryName, number>>>;
}

/** Optional information on one model's embeddings; null where its manifest has none. */
export interface EmbeddingSpace {
  readonly model: string;
  readonly parts: readonly EmbeddingPart[] | null;
  /** The colour block's typical vector for each colour, unit length. */
  readonly prototypes: Readonly<Partial<Record<ColourName, readonly number[]>>> | null;
  readonly score: ScoreCurve | null;
}

export type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/** In pixels of the upright image. */
export type Point = readonly [x: number, y: number];

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

/** One of the leading colours of a garment's pixels. */
export interface Shade {
  readonly colour: ColourName;
  /** Its share of the garment's pixels, 0 to 1. */
  readonly share: number;
  /** The mean of its pixels. */
  readonly lab: Lab;
}

/** What an attributes model saw of a garment. */
export interface SeenAttributes {
  readonly model: string;
  /** Null where it is not sure enough. */
  readonly pattern: { readonly name: PatternName; readonly confidence: number } | null;
}

/** A garment found by the parser, or a whole image (`category` null, `whole` true). */
export interface ParsedGarment {
  readonly category: CategoryId | null;
  readonly score: number;
  readonly box: Box;
  /** COCO's compressed RLE at the image's height and width. */
  readonly rle: string;
  /** Area of the mask in pixels. */
  readonly area: number;
  /** Of each of its category's landmarks x, y and confidence: Float32Array [landmarks, 3]. Undefined if the parser finds none. */
  readonly landmarks?: Float32Array | undefined;
  readonly whole: boolean;
  /** The dominant colour: of its pixels where they were measured, else the model's; null if that predicts none. */
  readonly colour: ColourName | null;
  /** The leading colours of its pixels, largest first; null for a whole image, whose background they would be. */
  readonly shades?: readonly Shade[] | null | undefined;
  /** Float32Array [256], unit length. */
  readonly embedding: Float32Array;
  /** Null where there is no attributes model. */
  readonly attributes?: SeenAttributes | null | undefined;
  /** From a candidate's embedder, if there is one. */
  readonly further?: { readonly model: string; readonly embedding: Float32Array } | undefined;
}

/** The model's output for one garment. */
export interface Embedded {
  /** Float32Array [256], unit length. */
  readonly embedding: Float32Array;
  /** Null if the model does not predict colours. */
  readonly colour: ColourName | null;
}

/** The attributes model alone: reads garments that were found earlier. */
export interface AttributeReader {
  readonly model: string;
  /** One per garment, in order. Throws BusyError. */
  read(image: Image, garments: readonly MaskedGarment[], turn?: Turn): Promise<SeenAttributes[]>;
}

/** What the embedder has to know of a garment. */
export interface MaskedGarment {
  /** Has at least one pixel. */
  readonly mask: Mask;
  /** The parser's or a merchandiser's; null for none. */
  readonly category: CategoryId | null;
}

/** The embedder alone: embeds garments that were found earlier. */
export interface GarmentEmbedder {
  readonly space: EmbeddingSpace;
  /** One per garment, in order. Throws BusyError. */
  embed(image: Image, garments: readonly MaskedGarment[], turn?: Turn): Promise<Embedded[]>;
}

/** How often garments of two kinds were worn together in the looks that a compatibility model learned from. */
export interface LookCounts {
  /** Number of looks. */
  readonly count: number;
  /** [14][14] by category; 0 is a garment outside the taxonomy. */
  readonly categoryPairs: readonly (readonly number[])[];
  /** [13][13] in the order of COLOURS. */
  readonly colourPairs: readonly (readonly number[])[];
}

/** A garment, and the category of what should go with it; 0 is a garment outside the taxonomy. */
export interface CompatibilityAsk {
  /** Float32Array [256], unit length. */
  readonly embedding: Float32Array;
  readonly source: CategoryId | 0;
  readonly target: CategoryId | 0;
}

/** How well garments of two categories go together, from their embeddings alone. */
export interface Compatibility {
  /** The embedding model whose vectors it reads. */
  readonly embeddingModel: string;
  /**
   * Float32Array [256] for each: the vector whose dot product with the embedding of a garment of category `target` is the
   * pair's raw score. Swapping the two garments gives the same score.
   */
  queries(asks: readonly CompatibilityAsk[]): Promise<Float32Array[]>;
  /**
   * Makes a raw score a logit, `scale · score + bias`: that of the probability that the two were worn together, against a
   * random pair of these categories at even odds. [14][14] each, symmetric.
   */
  readonly calibration: {
    readonly scale: readonly (readonly number[])[];
    readonly bias: readonly (readonly number[])[];
  };
  readonly looks: LookCounts | null;
}

/** Points of a body, in the order of the pose network (MediaPipe Pose). Left is the person's own. */
export const BODY = {
  nose: 0,
  leftEar: 7,
  rightEar: 8,
  leftShoulder: 11,
  rightShoulder: 12,
  leftElbow: 13,
  rightElbow: 14,
  leftWrist: 15,
  rightWrist: 16,
  leftHip: 23,
  rightHip: 24,
  leftKnee: 25,
  rightKnee: 26,
  leftAnkle: 27,
  rightAnkle: 28,
} as const;
export type BodyPoint = keyof typeof BODY;

/** How one person stands in an image. */
export interface Pose {
  /** Probability that there is a person. */
  readonly presence: number;
  /** Float32Array [33, 4]: x and y in pixels of the image, depth in the same units (less is nearer), probability of being visible. */
  readonly points: Float32Array;
  /** The person's mask over a square of the image, which may reach past its edges: Float32Array [side, side], 0 to 1. */
  readonly person: { readonly box: Box; readonly side: number; readonly data: Float32Array };
}

/** The pose network. It is opened when it is first asked. */
export interface PoseFinder {
  /** The person in the box, from head to feet, in pixels; a rough guess will do. Throws BusyError. */
  find(image: Image, box: Box): Promise<Pose>;
}

/** The outline network. It is opened when it is first asked. */
export interface OutlineFinder {
  /**
   * Probability of each pixel of a garment's crop being the garment's: Float32Array [height, width]. `found` is its rough mask and
   * `others` that of all other garments, both of the crop's size. Throws BusyError.
   */
  find(crop: Image, found: Mask, others: Mask): Promise<Float32Array>;
}

/** Image files with more bytes are rejected unread. */
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

/**
 * Who waits for an image: a shopper, or nobody. Shoppers' images go before the catalogue's, for which shops take turns:
 * `catalogue:` and the shop's id.
 */
export type Turn = 'shopper' | 'catalogue' | `catalogue:${string}`;

/** Where the model runs (cpu, cuda, ...), and the preferred providers that could not be used, each with its reason. */
export interface Serving {
  readonly provider: string;
  readonly passedOver: readonly string[];
}

/** Photo bytes in, garments out. `openVision` makes the one implementation that runs the model. */
export interface Vision {
  readonly serving: Serving;
  /** Stored with every vector, so that vectors of two models are never compared. */
  readonly embeddingModel: string;
  /** What the numbers in that model's vectors mean. */
  readonly embedding: EmbeddingSpace;
  /** The available embedders: the one that `parse` uses and, if there is one, the candidate's. */
  readonly embedders?: readonly GarmentEmbedder[] | undefined;
  /** Null if the model has none: then there are no outfits. */
  readonly compatibility?: Compatibility | null | undefined;
  /** Null if the model has none: then no patterns are told. */
  readonly attributes?: AttributeReader | null | undefined;
  /** Null if the model has none: then there are no previews. */
  readonly pose?: PoseFinder | null | undefined;
  /** Null if the model has none: then there are no previews. */
  readonly outline?: OutlineFinder | null | undefined;
  /**
   * Upright RGB pixels of a JPEG, PNG, WebP, GIF, AVIF or HEIC, decoded when its turn comes. Throws InvalidImageError with a code.
   */
  decode(file: ImageFile, turn?: Turn): Promise<Image>;
  /** Every garment above the manifest's threshold, best first; empty if there are none. */
  parse(image: Image, turn?: Turn): Promise<ParsedGarment[]>;
  /**
   * The garment in a box that a person drew inside the image: what the parser finds there when it looks closer, else
   * the drawn region itself, with category null. With a free `outline`, which `box` surrounds, the garment is what lies
   * within it in either case.
   */
  parseRegion(image: Image, box: Box, outline?: readonly Point[]): Promise<ParsedGarment>;
  /** The whole image as one garment, for a catalogue image in which the parser found nothing. */
  embedWhole(image: Image, turn?: Turn): Promise<ParsedGarment>;
  close(): Promise<void>;
}
