import { PARTNERS, type Random, type Style } from './drawing/index.ts';
import type { FeedRow } from './listing.ts';

interface Listed {
  readonly style: Style;
  readonly row: FeedRow;
}

/** How many looks the demo shop puts together itself; fewer where it has too few items. */
const LOOKS = 12;
/** Every third look is a dress under a layer. */
const DRESSES = 3;
const TOPS = [1, 2, 5, 6];
const LAYERS = [3, 4];
const BOTTOMS = [7, 8, 9];
const DRESS = [10, 11, 12, 13];

/** The looks of a feed's items, by the items' ids: garments for one person, in colours that sit well together. */
export function planLooks(listed: readonly Listed[], random: Random): Map<string, string> {
  const left = random.shuffle(listed.filter(({ row }) => row.availability === 'in_stock'));
  const looks = new Map<string, string>();
  const take = (categories: readonly number[], worn: readonly Listed[]): Listed | undefined => {
    const at = left.findIndex((item) => categories.includes(item.style.category) && suits(item, worn));
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  for (let n = 1; n <= LOOKS; n++) {
    const worn: Listed[] = [];
    for (const categories of n % DRESSES === 0 ? [DRESS, LAYERS] : [BOTTOMS, TOPS, LAYERS]) {
      const item = take(categories, worn);
      if (item) worn.push(item);
    }
    if (worn.length < 2) break;
    for (const { row } of worn) looks.set(row.id, `LOOK-${String(n).padStart(2, '0')}`);
  }
  return looks;
}

/** For the same people as what is worn already, and in a colour that goes with all of it. */
function suits({ style }: Listed, worn: readonly Listed[]): boolean {
  return worn.every(({ style: other }) => {
    const sameWearer =
      style.gender === other.gender || style.gender === 'unisex' || other.gender === 'unisex';
    return sameWearer && PARTNERS[other.cloth.dye.name].includes(style.cloth.dye.name);
  });
}
