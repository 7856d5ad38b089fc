/** The 13 colours in CIE Lab, and how far apart two colours are. */
import { COLOURS, type ColourName } from './taxonomy.ts';

/** CIE Lab under D65: lightness 0 to 100; green to red and blue to yellow, about −100 to 100. */
export type Lab = readonly [lightness: number, greenRed: number, blueYellow: number];

/** Fitted to the labels of the train split by `model/run.sh fit_palette --limit 1500`. */
const PALETTE: Readonly<Record<ColourName, readonly Lab[]>> = {
  black: [
    [14, -2, 0],
    [21, 0, -2],
  ],
  white: [
    [102, 1, 0],
    [100, 0, 0],
  ],
  grey: [
    [49, 1, 1],
    [59, 1, -1],
  ],
  beige: [
    [86, 5, 26],
    [60, 5, 19],
  ],
  brown: [
    [31, 14, 24],
    [51, 14, 25],
  ],
  red: [
    [32, 47, 15],
    [51, 60, 35],
  ],
  orange: [
    [61, 38, 57],
    [70, 34, 62],
  ],
  yellow: [
    [71, 9, 57],
    [92, 12, 36],
  ],
  green: [
    [40, -14, 12],
    [77, -17, 34],
  ],
  blue: [
    [41, 13, -44],
    [60, -8, -29],
  ],
  navy: [
    [18, 3, -21],
    [32, 4, -22],
  ],
  purple: [
    [38, 32, -25],
    [53, 26, -25],
  ],
  pink: [
    [59, 22, 5],
    [45, 47, -7],
  ],
};

const POINTS = COLOURS.flatMap((colour) => PALETTE[colour].map((lab) => ({ colour, lab })));

export function nearestColour(lab: Lab): ColourName {
  let nearest = POINTS[0]!;
  let least = Infinity;
  for (const point of POINTS) {
    const [l, a, b] = [point.lab[0] - lab[0], point.lab[1] - lab[1], point.lab[2] - lab[2]];
    const far = l * l + a * a + b * b;
    if (far >= least) continue;
    least = far;
    nearest = point;
  }
  return nearest.colour;
}

/** All colours that are at most `margin` farther than the nearest; the nearest first. */
export function colourNamesFor(lab: Lab, margin: number): ColourName[] {
  const near = POINTS.map(({ colour, lab: point }) => ({ colour, far: labDistance(point, lab) })).sort(
    (a, b) => a.far - b.far,
  );
  const most = near[0]!.far + margin;
  return [...new Set(near.filter(({ far }) => far <= most).map(({ colour }) => colour))];
}

/** CIE76's ΔE: about 2 can just be seen, 100 lie between black and white. */
export function labDistance(a: Lab, b: Lab): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** sRGB's transfer function for each byte. */
const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** CIE Lab of an sRGB colour, in bytes. */
export function toLab(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [LINEAR[red]!, LINEAR[green]!, LINEAR[blue]!];
  const x = labRoot((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = labRoot(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = labRoot((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function labRoot(value: number): number {
  return value > 216 / 24_389 ? Math.cbrt(value) : ((24_389 / 27) * value + 16) / 116;
}
