import type { Cloth } from '../cloth.ts';
import { darker, mixColours } from '../palette.ts';
import type { Random } from '../random.ts';
import type { Trunk } from './trunk.ts';

/** A picture printed on the chest, about 70 units wide: a sunset, hills, a face of shapes, waves or a flower. */
export function chestPrint(trunk: Trunk, cloth: Cloth, random: Random): string {
  const [x, y] = trunk.at(0.42, 0);
  const motif = random.pick(MOTIFS);
  const ink = cloth.second.hex;
  const accent = mixColours(ink, random.pick(['#e5a43b', '#d9604c', '#3f8f8b', '#e9d8b4']), 0.75);
  return `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${random.range(0.9, 1.25).toFixed(2)})" opacity="0.93">${motif(ink, accent)}</g>`;
}

type Motif = (ink: string, accent: string) => string;

const MOTIFS: readonly Motif[] = [
  (ink, accent) => {
    let out = `<clipPath id="sun"><circle r="30"/></clipPath><g clip-path="url(#sun)"><rect x="-32" y="-32" width="64" height="64" fill="${accent}"/>`;
    for (let i = 0; i < 5; i++)
      out += `<rect x="-32" y="${2 + i * 6.2}" width="64" height="${1.2 + i * 0.75}" fill="${darker(ink, 0.1)}"/>`;
    return `${out}</g><rect x="-26" y="37" width="52" height="3" fill="${ink}"/><rect x="-16" y="43" width="32" height="2.4" fill="${ink}"/>`;
  },
  (ink, accent) =>
    `<circle cx="14" cy="-18" r="11" fill="${accent}"/><path d="M-36 26L-10-18L4 6L14-8L38 26Z" fill="${ink}"/><path d="M-10-18L-17-6L-10-9L-4-5Z" fill="#f4f0e6"/>` +
    `<path d="M-36 32H38M-26 38H28" stroke="${ink}" stroke-width="2.4"/>`,
  (ink, accent) =>
    `<rect x="-30" y="-32" width="28" height="64" fill="${ink}"/><circle cx="14" cy="-14" r="18" fill="${accent}"/><path d="M-2 32A32 32 0 0 1 32 6V32Z" fill="${darker(accent, 0.35)}"/><path d="M-24 0q8-10 16 0t16 0t16 0" fill="none" stroke="#f4f0e6" stroke-width="3"/>`,
  (ink, accent) => {
    let out = '';
    for (let i = 0; i < 5; i++)
      out += `<path d="M-36 ${-22 + i * 11}q9-10 18 0t18 0t18 0t18 0" fill="none" stroke="${i % 2 ? accent : ink}" stroke-width="4.5" stroke-linecap="round"/>`;
    return out;
  },
  (ink, accent) => {
    let out = `<path d="M0 8C-2 24 2 34 0 44M0 30C10 26 16 20 18 14M0 34C-10 32 -16 26 -18 20" fill="none" stroke="${ink}" stroke-width="2.6" stroke-linecap="round"/>`;
    for (let i = 0; i < 8; i++)
      out += `<ellipse cy="-19" rx="6.5" ry="13" fill="${accent}" transform="translate(0 -6) rotate(${i * 45})"/>`;
    return `${out}<circle cy="-6" r="8" fill="${ink}"/>`;
  },
  (ink, accent) =>
    `<rect x="-38" y="-13" width="76" height="26" rx="3" fill="none" stroke="${ink}" stroke-width="3"/><path d="M-27 7L-20-7L-13 7M-24 2H-16M-7 7V-7Q5-6 -1 0L4 7M11 7V-7L19 3L27-7V7" fill="none" stroke="${accent}" stroke-width="3.2" stroke-linejoin="round" stroke-linecap="round"/>`,
];
