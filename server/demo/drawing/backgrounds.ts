import { darker, lighter, mixColours } from './palette.ts';
import type { Random } from './random.ts';
import type { View } from './raster.ts';

export type Backdrop = 'studio' | 'any';

const n = (v: number) => v.toFixed(1);
const rect = (x: number, y: number, w: number, h: number, fill: string, extra = '') =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}" ${extra}/>`;

const PAPERS = ['#e9e6e1', '#e4e6e8', '#ece5dc', '#e2e5e0', '#eae2e2', '#dfe3ea'];
const ROOMS = [
  '#b8322c',
  '#c94f86',
  '#6f7a6b',
  '#e6e0d4',
  '#8a6a4a',
  '#3f4e63',
  '#c7cdd4',
  '#d9b48a',
  '#54585c',
  '#a8bdb0',
  '#f0eeea',
  '#7f8fb0',
];

/** What lies behind or under a garment that nobody wears. */
export function itemBackground(random: Random, view: View, backdrop: Backdrop, dye: string): string {
  if (backdrop === 'studio') return studio(random, view, dye);
  return random.pick([sheet, sheet, boards, tiles, plain])(random, view);
}

function studio(random: Random, view: View, dye: string): string {
  // A breath of the garment's own colour keeps a page of them from looking like a set of stickers.
  const paper = mixColours(random.pick(PAPERS), dye, 0.035);
  return (
    `<radialGradient id="paper" cx="0.42" cy="0.36" r="0.85"><stop offset="0" stop-color="${lighter(paper, 0.45)}"/>` +
    `<stop offset="0.6" stop-color="${paper}"/><stop offset="1" stop-color="${darker(paper, 0.11)}"/></radialGradient>` +
    rect(view.x, view.y, view.width, view.height, 'url(#paper)')
  );
}

/** A bed sheet or a blanket with creases. */
function sheet(random: Random, view: View): string {
  const colour = random.pick(ROOMS);
  let out = rect(view.x, view.y, view.width, view.height, colour);
  for (let i = 0; i < 26; i++) {
    const x = view.x + random.next() * view.width;
    const y = view.y + random.next() * view.height;
    const w = random.range(0.1, 0.6) * view.width;
    const turn = random.range(-80, 80);
    const shade = random.chance(0.6) ? darker(colour, 0.35) : lighter(colour, 0.3);
    for (const h of [16, 9, 4])
      out += `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(w / 2)}" ry="${h}" transform="rotate(${n(turn)} ${n(x)} ${n(y)})" fill="${shade}" opacity="0.13"/>`;
  }
  return out;
}

function boards(random: Random, view: View): string {
  const wood = random.pick(['#b98a5c', '#8d633f', '#d3b189', '#6d4c35', '#a9a29a']);
  const width = view.width / random.range(4, 9);
  let out = rect(view.x, view.y, view.width, view.height, wood);
  for (let x = view.x; x < view.x + view.width; x += width) {
    out += rect(
      x,
      view.y,
      width - 1.5,
      view.height,
      random.chance(0.5) ? darker(wood, random.range(0, 0.16)) : lighter(wood, random.range(0, 0.12)),
    );
    for (let i = 0; i < 3; i++)
      out += rect(x + random.next() * width, view.y, 1, view.height, darker(wood, 0.3), 'opacity="0.35"');
    out += rect(x, view.y + random.next() * view.height, width, 2, darker(wood, 0.5), 'opacity="0.7"');
  }
  return random.chance(0.5)
    ? out
    : `<g transform="rotate(90 ${n(view.x + view.width / 2)} ${n(view.y + view.height / 2)}) scale(1.6)">${out}</g>`;
}

function tiles(random: Random, view: View): string {
  const colour = random.pick(ROOMS);
  const size = view.width / random.range(3, 7);
  let out = rect(view.x, view.y, view.width, view.height, darker(colour, 0.25));
  for (let y = view.y; y < view.y + view.height; y += size)
    for (let x = view.x; x < view.x + view.width; x += size)
      out += rect(x, y, size - 2.5, size - 2.5, lighter(colour, random.range(0, 0.12)));
  return out;
}

function plain(random: Random, view: View): string {
  const colour = random.pick(ROOMS);
  return (
    `<linearGradient id="wall" x1="0" y1="0" x2="0.6" y2="1"><stop offset="0" stop-color="${lighter(colour, 0.25)}"/><stop offset="1" stop-color="${darker(colour, 0.25)}"/></linearGradient>` +
    rect(view.x, view.y, view.width, view.height, 'url(#wall)')
  );
}
