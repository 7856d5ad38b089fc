/** Intervals of shares and of their difference, at 95 %. */

/** The normal distribution's 97.5 % quantile. */
const Z = 1.959964;

export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval, which also holds for few trials and for shares near 0 and 1. Null without trials. */
export function wilson(successes: number, trials: number): Share | null {
  if (trials <= 0) return null;
  // Visits are counted by those who report them: a client that never says that one began must not give more than all.
  const share = Math.min(1, successes / trials);
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = (Z / (1 + z2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials ** 2));
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** The difference a − b by Newcombe's method 10 (Statistics in Medicine 17, 1998), from Wilson's intervals. */
export function difference(a: Share, b: Share): Share {
  const share = a.share - b.share;
  return {
    share,
    low: share - Math.hypot(a.share - a.low, b.high - b.share),
    high: share + Math.hypot(a.high - a.share, b.share - b.low),
  };
}
