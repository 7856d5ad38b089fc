import type { Surface, Texture } from './piece.ts';
import { Random } from './random.ts';
import type { Size } from './raster.ts';

export interface PartLight {
  readonly surface: Surface;
  /** Degrees clockwise from straight down. */
  readonly turn: number;
}

export interface Light {
  /** Where it comes from: a unit vector in the picture, [−0.6, −0.8] is the upper left. */
  readonly from: readonly [number, number];
  /** 0–1: how dark shadows get. */
  readonly hardness: number;
  /** Pixels of the picture for one figure unit. */
  readonly unit: number;
  /** Noise of the camera, in 1/255. */
  readonly grain: number;
  readonly seed: number;
}

const TILE = 256;
const MASK = TILE - 1;
/** Distances in units at which a pixel looks for an edge: near ones give the crisp shade, far ones the soft. */
const REACH = [1.5, 3, 5, 8, 12, 17, 24];

/**
 * Lights a flat drawing in place: rounds each piece at its edges, lets upper pieces cast shadows on lower ones, lays
 * folds and weave over cloth. `rgb` is Uint8Array [height, width, 3]; `parts` Uint8Array [height, width] as
 * `rasterParts` gives it; `table[n - 1]` says how part n takes light.
 */
export function lightPicture(
  rgb: Uint8Array,
  parts: Uint8Array,
  size: Size,
  table: readonly PartLight[],
  light: Light,
): void {
  const { width, height } = size;
  const random = new Random(light.seed);
  const prepared = table.map(({ surface, turn }) => prepare(surface, turn, light.unit, random));
  const taps = REACH.map((reach) => ({
    dx: Math.round(light.from[0] * reach * light.unit),
    dy: Math.round(light.from[1] * reach * light.unit),
  })).filter(({ dx, dy }) => dx !== 0 || dy !== 0);
  const share = 1 / taps.length;
  const grain = tiles().grain;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const part = parts[i] as number;
      let lit = 0;
      let turned = 0;
      let shadow = 0;
      for (const { dx, dy } of taps) {
        const ax = x + dx;
        const ay = y + dy;
        if (ax >= 0 && ay >= 0 && ax < width && ay < height) {
          const towards = parts[ay * width + ax] as number;
          if (towards > part) shadow += share;
          else if (towards !== part) lit += share;
        }
        if (part === 0) continue;
        const bx = x - dx;
        const by = y - dy;
        if (bx >= 0 && by >= 0 && bx < width && by < height && parts[by * width + bx] !== part)
          turned += share;
      }
      let gain = -shadow * light.hardness * (part === 0 ? 0.34 : 0.3);
      let sheen = 0;
      const cloth = part === 0 ? undefined : prepared[part - 1];
      if (cloth) {
        const u = cloth.cos * x + cloth.sin * y;
        const v = cloth.cos * y - cloth.sin * x;
        const fold =
          sample(cloth.foldTile, u * cloth.foldX + cloth.offset, v * cloth.foldY + cloth.offset) *
          cloth.folds;
        gain += cloth.relief * (lit * 0.14 - turned * 0.3) + fold;
        sheen = Math.max(0, fold + lit * 0.12 * cloth.relief) * cloth.gloss;
        if (cloth.weave)
          gain +=
            (cloth.weave[((v * cloth.threads) & MASK) * TILE + ((u * cloth.threads) & MASK)] as number) *
            cloth.weaveDepth;
      }
      const noise = light.grain * (grain[(y & MASK) * TILE + ((x + y * 7) & MASK)] as number);
      const factor = Math.max(0.12, 1 + gain);
      const at = i * 3;
      for (let c = 0; c < 3; c++) {
        const value = (rgb[at + c] as number) * factor + sheen * 150 + noise;
        rgb[at + c] = value < 0 ? 0 : Math.min(value, 255);
      }
    }
  }
}

interface Prepared {
  cos: number;
  sin: number;
  offset: number;
  foldTile: Float32Array;
  foldX: number;
  foldY: number;
  folds: number;
  relief: number;
  gloss: number;
  weave: Float32Array | null;
  weaveDepth: number;
  threads: number;
}

function prepare(surface: Surface, turn: number, unit: number, random: Random): Prepared {
  const angle = (turn * Math.PI) / 180 + random.range(-0.25, 0.25);
  const fold = random.range(0.85, 1.25) / unit;
  return {
    cos: Math.cos(angle),
    sin: Math.sin(angle),
    offset: random.range(0, TILE),
    foldTile: tiles().folds,
    foldX: fold * 0.85,
    foldY: fold * 0.6,
    folds: surface.folds * 0.3,
    relief: surface.relief,
    gloss: surface.gloss,
    weave: surface.texture === 'none' ? null : tiles()[surface.texture],
    weaveDepth: WEAVE_DEPTH[surface.texture],
    // A thread is never finer than a pixel and a half: finer ones would only flicker.
    threads: Math.min(1, 1 / Math.max(unit, 0.4)),
  };
}

const WEAVE_DEPTH: Record<Texture, number> = {
  none: 0,
  weave: 0.035,
  twill: 0.05,
  knit: 0.1,
  rib: 0.1,
  fleece: 0.06,
};

/** Bilinear look-up in a tile that repeats. */
function sample(tile: Float32Array, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  const left = x0 & MASK;
  const right = (x0 + 1) & MASK;
  const top = (y0 & MASK) * TILE;
  const bottom = ((y0 + 1) & MASK) * TILE;
  const upper = (tile[top + left] as number) * (1 - fx) + (tile[top + right] as number) * fx;
  const lower = (tile[bottom + left] as number) * (1 - fx) + (tile[bottom + right] as number) * fx;
  return upper * (1 - fy) + lower * fy;
}

type Tiles = Record<Exclude<Texture, 'none'> | 'folds' | 'grain', Float32Array>;
let made: Tiles | null = null;

/** The tiles that every picture shares, made once: 256×256, about −1 to 1. */
function tiles(): Tiles {
  if (made) return made;
  const random = new Random(71);
  const grain = fill(() => random.range(-1, 1));
  const at = (x: number, y: number) => grain[(y & MASK) * TILE + (x & MASK)] as number;
  made = {
    grain,
    folds: foldTile(random),
    weave: fill((x, y) => ((x ^ y) & 1 ? 0.35 : -0.35) + at(x, y) * 0.8),
    twill: fill((x, y) => (((x + y) & 3) < 2 ? 0.4 : -0.4) + at(x, y >> 3) * 0.35 + at(x, y) * 0.5),
    knit: fill((x, y) => {
      const along = (y + Math.abs((x % 8) - 4)) % 6;
      return (along < 2 ? -0.75 : 0.3) + (x % 8 === 0 ? -0.6 : 0) + at(x, y) * 0.25;
    }),
    rib: fill((x, y) => Math.cos((x / 8) * 2 * Math.PI) * 0.7 + at(x, y) * 0.3),
    fleece: fill((x, y) => at(x >> 1, y >> 1) * 0.6 + at(x, y) * 0.5),
  };
  return made;
}

function fill(value: (x: number, y: number) => number): Float32Array {
  const tile = new Float32Array(TILE * TILE);
  for (let y = 0; y < TILE; y++) for (let x = 0; x < TILE; x++) tile[y * TILE + x] = value(x, y);
  return tile;
}

/** Light on long soft folds that run down the cloth: the slope, across the grain, of ridges bent by slow noise. */
function foldTile(random: Random): Float32Array {
  const bend = lattice(random, 3, 2);
  const layers = [
    { noise: lattice(random, 5, 2), weight: 1 },
    { noise: lattice(random, 9, 4), weight: 0.55 },
    { noise: lattice(random, 17, 7), weight: 0.22 },
  ];
  const heights = fill((x, y) => {
    const shift = bend(x, y) * 26;
    let sum = 0;
    for (const { noise, weight } of layers) {
      const n = noise(x + shift, y + bend(y, x) * 14);
      sum += weight * (1 - Math.abs(n)) ** 2;
    }
    return sum;
  });
  const slope = fill(
    (x, y) =>
      (heights[y * TILE + ((x + 3) & MASK)] as number) -
      (heights[y * TILE + ((x - 3) & MASK)] as number) +
      0.4 *
        ((heights[((y + 3) & MASK) * TILE + x] as number) - (heights[((y - 3) & MASK) * TILE + x] as number)),
  );
  const spread = Math.sqrt(slope.reduce((sum, v) => sum + v * v, 0) / slope.length);
  return slope.map((v) => Math.tanh(v / spread / 1.6));
}

/** Smooth noise, about −1 to 1, that repeats every TILE pixels: `columns` by `rows` random values with eased steps between. */
function lattice(random: Random, columns: number, rows: number): (x: number, y: number) => number {
  const values = Array.from({ length: columns * rows }, () => random.range(-1, 1));
  const ease = (t: number) => t * t * t * (t * (t * 6 - 15) + 10);
  const value = (i: number, j: number) =>
    values[(((j % rows) + rows) % rows) * columns + (((i % columns) + columns) % columns)] as number;
  return (x, y) => {
    const gx = (x / TILE) * columns;
    const gy = (y / TILE) * rows;
    const i = Math.floor(gx);
    const j = Math.floor(gy);
    const fx = ease(gx - i);
    const fy = ease(gy - j);
    const upper = value(i, j) * (1 - fx) + value(i + 1, j) * fx;
    const lower = value(i, j + 1) * (1 - fx) + value(i + 1, j + 1) * fx;
    return upper * (1 - fy) + lower * fy;
  };
}
