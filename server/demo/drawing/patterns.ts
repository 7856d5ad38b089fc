import type { Dye } from './palette.ts';
import { darker, lighter, mixColours } from './palette.ts';
import { Random } from './random.ts';

/** What is printed on a cloth or woven into it. */
export type PatternName =
  | 'solid'
  | 'stripes'
  | 'pinstripes'
  | 'checks'
  | 'gingham'
  | 'dots'
  | 'floral'
  | 'leaves'
  | 'denim'
  | 'print'
  | 'block'
  | 'animal';

interface Repeat {
  readonly width: number;
  readonly height: number;
  readonly markup: string;
}

/** What of a cloth its pattern is drawn from. */
export interface Patterned {
  readonly dye: Dye;
  /** The pattern's other colour. */
  readonly second: Dye;
  readonly pattern: PatternName;
  readonly patternSeed: number;
}

/** One repeat of a cloth's pattern, or null where the cloth is plain (a chest print and a colour block are drawn by the garment). */
export function patternTile(cloth: Patterned): Repeat | null {
  const draw = TILES[cloth.pattern];
  return draw ? draw(cloth.dye.hex, cloth.second.hex, new Random(cloth.patternSeed)) : null;
}

type Draw = (ground: string, ink: string, random: Random) => Repeat;

const rect = (x: number, y: number, w: number, h: number, fill: string, opacity = 1) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" opacity="${opacity}"/>`;

const TILES: Partial<Record<PatternName, Draw>> = {
  stripes: (_, ink, random) => {
    const band = random.pick([4, 7, 11]);
    const gap = band * random.pick([1, 1.6, 2.4]);
    const height = Math.round(band + gap);
    return { width: 20, height, markup: rect(0, 0, 20, band, ink) };
  },
  pinstripes: (_, ink, random) => {
    const width = random.pick([8, 11, 16]);
    return { width, height: 20, markup: rect(0, 0, random.pick([1.2, 2.4, 4]), 20, ink, 0.85) };
  },
  checks: (ground, ink, random) => {
    const thin = lighter(ink, 0.35);
    const size = random.pick([34, 44]);
    const wide = size * 0.36;
    return {
      width: size,
      height: size,
      markup:
        rect(0, 0, size, wide, ink, 0.55) +
        rect(0, 0, wide, size, ink, 0.55) +
        rect(0, size * 0.66, size, 1.6, thin, 0.9) +
        rect(size * 0.66, 0, 1.6, size, thin, 0.9) +
        rect(0, wide / 2 - 1, size, 2, darker(ground, 0.45), 0.6) +
        rect(wide / 2 - 1, 0, 2, size, darker(ground, 0.45), 0.6),
    };
  },
  gingham: (_, ink, random) => {
    const size = random.pick([12, 18]);
    const half = size / 2;
    return {
      width: size,
      height: size,
      markup: rect(0, 0, size, half, ink, 0.5) + rect(0, 0, half, size, ink, 0.5),
    };
  },
  dots: (_, ink, random) => {
    const size = random.pick([12, 17, 26]);
    const radius = size * random.range(0.13, 0.22);
    const dot = (x: number, y: number) =>
      `<circle cx="${x}" cy="${y}" r="${radius.toFixed(1)}" fill="${ink}"/>`;
    return {
      width: size,
      height: size,
      markup: dot(size / 4, size / 4) + dot((size * 3) / 4, (size * 3) / 4),
    };
  },
  floral: (ground, ink, random) =>
    scattered(66, 3, random, (r) => {
      const petal = r.chance(0.6) ? ink : mixColours(ink, r.pick(['#f2c9c4', '#e8b54a', '#ffffff']), 0.55);
      const size = r.range(4.5, 8.5);
      let out = leaf(size * 1.9, mixColours('#5f7f55', ground, 0.2), r.range(0, 360));
      for (let i = 0; i < 5; i++)
        out += `<ellipse cx="0" cy="${-size * 0.62}" rx="${size * 0.42}" ry="${size * 0.6}" fill="${petal}" transform="rotate(${i * 72})"/>`;
      return `${out}<circle r="${size * 0.28}" fill="${darker(mixColours(petal, '#e2a83a', 0.7), 0.1)}"/>`;
    }),
  leaves: (ground, ink, random) =>
    scattered(60, 3, random, (r) => leaf(r.range(14, 22), mixColours(ink, ground, r.range(0, 0.35)), 0)),
  animal: (ground, ink, random) =>
    scattered(52, 4, random, (r) => {
      const size = r.range(3.2, 5.5);
      const ring = `M${-size} ${-size * 0.2}C${-size} ${-size * 1.2} ${size} ${-size * 1.1} ${size * 0.9} ${size * 0.1}M${size * 0.5} ${size * 0.7}C0 ${size * 1.1} ${-size * 0.7} ${size} ${-size} ${size * 0.4}`;
      return (
        `<ellipse rx="${size * 0.7}" ry="${size * 0.5}" fill="${mixColours(ground, ink, 0.35)}"/>` +
        `<path d="${ring}" fill="none" stroke="${darker(ink, 0.4)}" stroke-width="${size * 0.5}" stroke-linecap="round"/>`
      );
    }),
};

function leaf(length: number, fill: string, turn: number): string {
  const w = length * 0.24;
  return `<path transform="rotate(${turn.toFixed(0)})" d="M0 0C${w} ${-length * 0.3} ${w} ${-length * 0.7} 0 ${-length}C${-w} ${-length * 0.7} ${-w} ${-length * 0.3} 0 0Z" fill="${fill}"/>`;
}

/** Motifs strewn over a square that can be repeated: what crosses an edge comes in again at the other side. */
function scattered(size: number, cells: number, random: Random, motif: (random: Random) => string): Repeat {
  let markup = '';
  for (let i = 0; i < cells * cells; i++) {
    const x = ((i % cells) + random.range(0.15, 0.85)) * (size / cells);
    const y = (Math.floor(i / cells) + random.range(0.15, 0.85)) * (size / cells);
    const drawn = motif(random);
    const turn = random.range(0, 360).toFixed(0);
    for (const dx of [-size, 0, size])
      for (const dy of [-size, 0, size]) {
        const [cx, cy] = [x + dx, y + dy];
        if (cx < -22 || cy < -22 || cx > size + 22 || cy > size + 22) continue;
        markup += `<g transform="translate(${cx.toFixed(1)} ${cy.toFixed(1)}) rotate(${turn})">${drawn}</g>`;
      }
  }
  return { width: size, height: size, markup };
}
