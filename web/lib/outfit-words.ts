import type { NoOutfitsReason, NoTotalReason, Outfit, OutfitPiece, Slot } from './api/outfit-shapes.ts';
import { garmentName } from './categories.ts';

const SCORES = [
  { least: 0.68, words: 'Goes very well together' },
  { least: 0.58, words: 'Goes well together' },
  { least: 0.5, words: 'Goes together' },
  { least: 0, words: 'An unusual mix' },
] as const;

/** How well the pieces of an outfit go together. */
export function scoreInWords(score: number): string {
  return (SCORES.find(({ least }) => score >= least) ?? SCORES[3]).words;
}

/** The title of an item, or the category of what somebody wears. */
export function pieceName({ item, crop }: OutfitPiece): string {
  return item?.title ?? garmentName({ category: crop?.category ?? null });
}

/** `Navy coat, white top, jeans`. */
export function outfitName({ pieces }: Outfit): string {
  return pieces.map(pieceName).join(', ');
}

/** Until the shop's own labels are known. */
const BUILT_IN = new Map([
  ['outerwear', 'Outer layer'],
  ['top', 'Top'],
  ['bottom', 'Bottom'],
  ['dress', 'Dress'],
]);

export function slotLabel(name: string, slots: readonly Slot[] | undefined): string {
  const words = name.replace(/[_-]+/g, ' ');
  const known = slots?.find((slot) => slot.name === name)?.label ?? BUILT_IN.get(name);
  return known ?? words.charAt(0).toUpperCase() + words.slice(1);
}

export const NO_TOTAL: Record<NoTotalReason, string> = {
  PRICE_MISSING: 'Total unknown: a price is missing',
  CURRENCIES_DIFFER: 'No total: the prices are in different currencies',
};

/** The title of the notice in place of outfits; the server's own words say more. */
export const NO_OUTFITS: Record<NoOutfitsReason, string> = {
  NO_GARMENT: 'No outfits around this one',
  NOT_READY: 'No outfits yet',
  NOTHING_FOUND_IN_PHOTO: 'No garment was found in the photo',
  COMPLETE: 'The look is complete already',
  NO_ITEMS: 'The shop has nothing to complete it with',
  NOTHING_GOES: 'No outfit is good enough',
  OVER_BUDGET: 'Nothing within this budget',
  FILTER: 'Nothing with these filters',
  LOCKED_ITEMS_CLASH: 'The pieces you keep do not go together',
};

/** `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
