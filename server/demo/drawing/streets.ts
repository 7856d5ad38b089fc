import { darker, lighter, mixColours } from './palette.ts';
import type { Random } from './random.ts';
import type { View } from './raster.ts';

export const PLACES = ['street', 'street', 'park', 'wall', 'bricks', 'studio', 'shop front'] as const;
export type Place = (typeof PLACES)[number];

const n = (v: number) => v.toFixed(1);
const rect = (x: number, y: number, w: number, h: number, fill: string, opacity = 1) =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}" opacity="${opacity}"/>`;
const fade = (id: string, top: string, bottom: string) =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>`;

/** Where people stand. `horizon` is where the ground begins, in the view's units. */
export function drawPlace(random: Random, place: Place, view: View, horizon: number): string {
  switch (place) {
    case 'street':
      return street(random, view, horizon);
    case 'park':
      return park(random, view, horizon);
    case 'bricks':
      return bricks(random, view, horizon);
    case 'studio':
      return backdropPaper(random, view);
    case 'shop front':
      return shopFront(random, view, horizon);
    default:
      return plaster(random, view, horizon);
  }
}

const FACADES = ['#c9b6a0', '#b8a79a', '#d6c7ae', '#a9b0b3', '#b58e77', '#8f979e', '#cbb9b0', '#d9cfc2'];

function street(random: Random, view: View, horizon: number): string {
  let out = fade('sky', '#bcd2e2', '#eef0ec') + rect(0, 0, view.width, horizon, 'url(#sky)');
  let x = -random.range(0, 160);
  while (x < view.width) {
    const w = random.range(120, 240);
    const top = random.range(-80, horizon * 0.3);
    const wall = random.pick(FACADES);
    out +=
      rect(x, top, w, horizon - top + 4, wall) + rect(x + w - 10, top, 10, horizon - top, darker(wall, 0.2));
    const columns = random.int(2, 4);
    const pane = mixColours(random.pick(['#5c6f7d', '#3f4b57', '#8ea3ae']), wall, 0.15);
    for (let row = top + 24; row < horizon - 130; row += 86)
      for (let c = 0; c < columns; c++) {
        const wx = x + (w / columns) * (c + 0.22);
        out +=
          rect(wx - 3, row - 3, w / columns / 1.8 + 6, 60, lighter(wall, 0.25)) +
          rect(wx, row, w / columns / 1.8, 54, pane);
      }
    out += rect(x + 12, horizon - 112, w - 24, 112, darker(wall, 0.55));
    out += rect(
      x + 8,
      horizon - 128,
      w - 16,
      20,
      random.pick(['#7b3b36', '#2f5a52', '#39465f', '#b9883c', '#e8e0d2']),
    );
    x += w;
  }
  const ground = random.pick(['#a7a29b', '#b5ada3', '#8f9092', '#bdb6a8']);
  out +=
    fade('ground', darker(ground, 0.12), lighter(ground, 0.12)) +
    rect(0, horizon, view.width, view.height - horizon, 'url(#ground)');
  out += rect(0, horizon, view.width, 10, lighter(ground, 0.25));
  for (let i = 1; i < 7; i++)
    out += rect(
      0,
      horizon + (view.height - horizon) * (i / 7) ** 1.6,
      view.width,
      2.4,
      darker(ground, 0.25),
      0.5,
    );
  for (let i = -6; i <= 6; i++) {
    const mid = view.width / 2;
    out += `<path d="M${n(mid + i * 60)} ${n(horizon + 10)}L${n(mid + i * 260)} ${view.height}" stroke="${darker(ground, 0.25)}" stroke-width="2" opacity="0.35"/>`;
  }
  return out + strollers(random, view, horizon);
}

/** Distant figures, far out of focus. */
function strollers(random: Random, view: View, horizon: number): string {
  let out = '';
  for (let i = random.int(0, 3); i > 0; i--) {
    const x = random.range(0.04, 0.96) * view.width;
    const h = random.range(150, 260);
    const y = horizon + h * 0.22;
    const coat = random.pick(['#3b4250', '#6d5546', '#7d2f35', '#a9a294', '#2c2c30', '#55706a']);
    out += `<g transform="translate(${n(x)} ${n(y)}) scale(${n(h)})"><ellipse cy="-0.92" rx="0.06" ry="0.08" fill="#8a6650"/><path d="M-0.13 -0.36Q-0.15 -0.82 0 -0.82Q0.15 -0.82 0.13 -0.36Z" fill="${coat}"/><path d="M-0.09 -0.38L-0.07 0H-0.01L0 -0.34L0.02 0H0.08L0.09 -0.38Z" fill="#2b2d36"/></g>`;
  }
  return out;
}

function park(random: Random, view: View, horizon: number): string {
  let out = fade('sky', '#a9cbe4', '#f2f1e4') + rect(0, 0, view.width, view.height, 'url(#sky)');
  const leaf = random.pick(['#6f9159', '#88a05c', '#5f8660', '#c08a45']);
  out += `<linearGradient id="wood" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${leaf}" stop-opacity="0"/><stop offset="0.4" stop-color="${leaf}" stop-opacity="0.85"/><stop offset="1" stop-color="${darker(leaf, 0.45)}"/></linearGradient>`;
  out += rect(0, horizon * 0.12, view.width, horizon * 0.9, 'url(#wood)');
  for (let i = 0; i < 46; i++) {
    const y = random.range(0.05, 0.95) ** 0.8 * horizon * 0.8;
    const fill = random.chance(0.5)
      ? darker(leaf, random.range(0, 0.4))
      : lighter(leaf, random.range(0, 0.3));
    out += `<circle cx="${n(random.next() * view.width)}" cy="${n(y)}" r="${n(random.range(40, 110))}" fill="${fill}" opacity="0.5"/>`;
  }
  for (let i = random.int(1, 4); i > 0; i--)
    out += rect(random.next() * view.width, horizon * 0.3, random.range(14, 30), horizon * 0.74, '#5f4a3b');
  const lawn = random.pick(['#8fae68', '#7da05e', '#a3b86c']);
  out +=
    fade('lawn', darker(lawn, 0.15), lighter(lawn, 0.1)) +
    rect(0, horizon, view.width, view.height - horizon, 'url(#lawn)');
  const mid = view.width * random.range(0.4, 0.6);
  return `${out}<path d="M${n(mid - 70)} ${n(horizon)}H${n(mid + 70)}L${n(mid + 420)} ${view.height}H${n(mid - 420)}Z" fill="#d5c9b1"/>`;
}

function plaster(random: Random, view: View, horizon: number): string {
  const wall = random.pick([
    '#d8c8b4',
    '#c9d1cf',
    '#e3b9a3',
    '#b7c4b5',
    '#e8dcc0',
    '#b5bfd0',
    '#d98f72',
    '#8aa3a0',
  ]);
  let out = `<radialGradient id="wall" cx="0.35" cy="0.3" r="0.95"><stop offset="0" stop-color="${lighter(wall, 0.25)}"/><stop offset="1" stop-color="${darker(wall, 0.16)}"/></radialGradient>`;
  out += rect(0, 0, view.width, view.height, 'url(#wall)');
  if (random.chance(0.5)) {
    const x = view.width * random.range(0.02, 0.2);
    out += `<path d="M${n(x)} 0L${n(x + 260)} ${n(horizon)}H${n(x + 470)}L${n(x + 250)} 0Z" fill="#fff" opacity="0.16"/>`;
  }
  return out + pavement(random, view, horizon);
}

function pavement(random: Random, view: View, horizon: number): string {
  const floor = random.pick(['#a39c92', '#b9ad9b', '#8e8c8a', '#c7bfb2']);
  return (
    fade('floor', darker(floor, 0.18), lighter(floor, 0.14)) +
    rect(0, horizon, view.width, view.height - horizon, 'url(#floor)') +
    rect(0, horizon - 12, view.width, 12, darker(floor, 0.3), 0.6)
  );
}

function bricks(random: Random, view: View, horizon: number): string {
  const clay = random.pick(['#a4654d', '#b98168', '#8d8a86', '#d8d2c8', '#7c4a3d']);
  let out = rect(0, 0, view.width, view.height, lighter(clay, 0.35));
  const [w, h] = [58, 22];
  for (let row = 0; row * h < horizon; row++)
    for (let x = row % 2 ? -w / 2 : 0; x < view.width; x += w)
      out += rect(
        x + 1.5,
        row * h + 1.5,
        w - 3,
        h - 3,
        random.chance(0.5) ? darker(clay, random.range(0, 0.18)) : lighter(clay, random.range(0, 0.14)),
      );
  return out + pavement(random, view, horizon);
}

function backdropPaper(random: Random, view: View): string {
  const paper = random.pick(['#e6e2dc', '#dfe4e8', '#ead9cf', '#cfd8cf', '#d7cfe0', '#e9d7a9', '#c4ccd6']);
  return (
    `<radialGradient id="paper" cx="0.5" cy="0.38" r="0.8"><stop offset="0" stop-color="${lighter(paper, 0.5)}"/><stop offset="0.7" stop-color="${paper}"/><stop offset="1" stop-color="${darker(paper, 0.16)}"/></radialGradient>` +
    rect(0, 0, view.width, view.height, 'url(#paper)')
  );
}

function shopFront(random: Random, view: View, horizon: number): string {
  const frame = random.pick(['#2f4a44', '#3b3f4c', '#6b3b34', '#e5ddd0', '#25282d']);
  let out = rect(0, 0, view.width, view.height, frame) + fade('glass', '#8fa5ad', '#d8d2bf');
  const panes = random.int(2, 4);
  const w = view.width / panes;
  for (let i = 0; i < panes; i++) {
    out += rect(i * w + 12, 110, w - 24, horizon - 190, 'url(#glass)');
    for (let k = 0; k < 4; k++)
      out += `<ellipse cx="${n(i * w + random.range(30, w - 30))}" cy="${n(random.range(200, horizon - 120))}" rx="${n(random.range(12, 40))}" ry="${n(random.range(24, 80))}" fill="${random.pick(['#d7a24f', '#7c5a49', '#b8433c', '#ece3d0', '#4f6a73'])}" opacity="0.55"/>`;
    out += `<path d="M${n(i * w + 40)} 110l60 0l-90 ${n(horizon - 190)}h-0z" fill="#fff" opacity="0.12"/>`;
  }
  out +=
    rect(0, 20, view.width, 64, lighter(frame, 0.12)) +
    rect(view.width * 0.3, 42, view.width * 0.4, 18, '#d9c79a', 0.85);
  return out + pavement(random, view, horizon);
}
