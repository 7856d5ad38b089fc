import { brightness, darker, lighter } from './palette.ts';
import { type Patterned, patternTile } from './patterns.ts';
import type { Piece, Texture } from './piece.ts';

/** What a garment is cut from. */
export interface Cloth extends Patterned {
  readonly texture: Texture;
  /** Size of the pattern, 1 is usual. */
  readonly patternScale: number;
  readonly folds: number;
  readonly gloss: number;
}

export interface Shape {
  readonly outline: string;
  /** Direction of the grain, degrees clockwise from straight down. */
  readonly turn?: number;
  readonly markup?: string | undefined;
  /** −1 to 1: darker, as linings are, or lighter. */
  readonly tone?: number;
  /** Cut without the pattern: from the ground colour, or from the second one. */
  readonly plain?: 'ground' | 'second' | undefined;
  readonly relief?: number;
  readonly folds?: number;
}

/** A piece cut from a cloth. */
export function cutPiece(cloth: Cloth, shape: Shape): Piece {
  const { outline, markup, turn = 0, tone = 0, plain } = shape;
  const tile = plain ? null : patternTile(cloth);
  const ground = plain === 'second' ? cloth.second.hex : cloth.dye.hex;
  return {
    outline,
    markup,
    garment: 0,
    turn,
    surface: {
      texture: cloth.texture,
      folds: shape.folds ?? cloth.folds,
      gloss: cloth.gloss,
      relief: shape.relief ?? 0.8,
    },
    fill: toned(ground, tone),
    tile: tile ? { ...tile, ground, tone, scale: cloth.patternScale } : undefined,
  };
}

function toned(hex: string, tone: number): string {
  return tone < 0 ? darker(hex, -tone) : lighter(hex, tone);
}

/** A thread that shows on the cloth: seams are a shade darker, on black a shade lighter. */
export function seamColour(cloth: Cloth): string {
  return brightness(cloth.dye.hex) < 0.2 ? lighter(cloth.dye.hex, 0.22) : darker(cloth.dye.hex, 0.35);
}

/** Jeans are sewn with thread of another colour. */
export function stitchColour(cloth: Cloth): string {
  return cloth.pattern === 'denim' ? '#c98f4e' : seamColour(cloth);
}
