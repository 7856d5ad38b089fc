import type { Outfit, Slot } from './api/outfit-shapes.ts';

/** The same for outfits of the same pieces, whatever was given or locked. */
export function outfitKey({ pieces }: Outfit): string {
  return pieces.map(({ slot, item, garmentId }) => `${slot} ${item?.id ?? garmentId}`).join('\n');
}

/** Whether an outfit costs more than the budget. */
export function isOver({ total }: Pick<Outfit, 'total'>, budget: number | null): boolean {
  return budget !== null && total !== null && Number(total.amount) > budget;
}

/** The first outfit that was not shown yet, or else the first other one. */
export function nextOutfit(
  outfits: readonly Outfit[],
  shown: Outfit,
  seen: ReadonlySet<string>,
): Outfit | undefined {
  const others = outfits.filter((outfit) => outfitKey(outfit) !== outfitKey(shown));
  return others.find((outfit) => !seen.has(outfitKey(outfit))) ?? others[0];
}

/** What is never worn together. */
const APART = new Map([
  ['dress', ['top', 'bottom']],
  ['top', ['dress']],
  ['bottom', ['dress']],
]);

/** The slots for which the shop has items and the outfit has room. */
export function emptySlots({ pieces }: Outfit, slots: readonly Slot[]): Slot[] {
  const taken = new Set(pieces.map(({ slot }) => slot));
  return slots.filter(
    ({ name, itemCount }) =>
      itemCount > 0 && !taken.has(name) && !(APART.get(name) ?? []).some((other) => taken.has(other)),
  );
}
