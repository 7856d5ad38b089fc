import type { Side } from './figure.ts';

/** How light treats a piece: which weave it shows, how deep its folds are (0–1) and how much it shines (0–1). */
export interface Surface {
  readonly texture: Texture;
  readonly folds: number;
  readonly gloss: number;
  /** How round the piece stands out from what lies under it, 0–1. */
  readonly relief: number;
}

export type Texture = 'none' | 'weave' | 'twill' | 'knit' | 'rib' | 'fleece';

export const SMOOTH: Surface = { texture: 'none', folds: 0, gloss: 0.2, relief: 0.55 };
/** Trims that lie flat on a garment: buttons, belts, labels. */
export const FLAT: Surface = { texture: 'none', folds: 0, gloss: 0.3, relief: 0.2 };

/** One repeat of a pattern, in units before `scale`; `tone` darkens or lightens it, −1 to 1. */
export interface Tile {
  readonly width: number;
  readonly height: number;
  readonly markup: string;
  readonly ground: string;
  readonly tone: number;
  readonly scale: number;
}

/** One flat thing with an outline, painted over all pieces before it. The same outline draws its picture and its mask. */
export interface Piece {
  /** Closed SVG path, figure units. */
  readonly outline: string;
  readonly fill: string;
  /** A repeated pattern over the fill. */
  readonly tile?: Tile | undefined;
  /** SVG drawn over the fill, clipped to the outline. */
  readonly markup?: string | undefined;
  /** Which garment of the picture it belongs to; −1 for skin, hair, bags and whatever else is none. */
  readonly garment: number;
  readonly surface: Surface;
  /** Direction of the grain against straight down, degrees clockwise. */
  readonly turn: number;
}

/** A garment's pieces, sorted by what may come between them when somebody wears it. */
export interface Draft {
  /** Behind the neck and body: the back seen through the neckline, a hood hanging down. */
  readonly behind: Piece[];
  readonly body: Piece[];
  readonly sleeves: Record<Side, Piece[]>;
  /** Over everything on the body: collars, lapels. */
  readonly front: Piece[];
}

export const emptyDraft = (): Draft => ({
  behind: [],
  body: [],
  sleeves: { left: [], right: [] },
  front: [],
});

/** All pieces of a garment that nobody wears, back to front. */
export const flatOrder = (draft: Draft): Piece[] => [
  ...draft.behind,
  ...draft.body,
  ...draft.sleeves.left,
  ...draft.sleeves.right,
  ...draft.front,
];
