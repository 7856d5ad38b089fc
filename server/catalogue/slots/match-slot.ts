import { claimsOfItem, googleName } from '../items/claim.ts';

/** A slot that the shop defines, as far as items are matched with it. */
export interface OwnSlot {
  readonly name: string;
  /** Category words, in any case. */
  readonly productTypes: readonly string[];
}

/** What the feed says of an item's category. */
export interface FeedCategory {
  readonly title: string;
  readonly productType?: string | null | undefined;
  readonly googleProductCategory?: string | null | undefined;
}

/**
 * The slot one of whose words the item's category contains. Of several, the one with the longest word, which says
 * most: "running shoes" before "shoes". Null if there is none.
 */
export function ownSlotOf(slots: readonly OwnSlot[], item: FeedCategory): string | null {
  const google = item.googleProductCategory ?? '';
  const texts = [item.productType ?? '', google, googleName(google) ?? ''].map(normalize);
  let best: { name: string; length: number } | null = null;
  for (const { name, productTypes } of slots) {
    for (const word of productTypes.map(normalize)) {
      if (word.length <= 2 || !texts.some((text) => text.includes(word))) continue;
      if (!best || word.length > best.length || (word.length === best.length && name < best.name)) {
        best = { name, length: word.length };
      }
    }
  }
  return best?.name ?? null;
}

/**
 * Whether searches compare the item's whole picture: it is in a slot of the shop, and neither feed nor title names one
 * of the 13 categories. What the parser finds in a picture of shoes is not for sale.
 */
export function isWholePicture(ownSlot: string | null, item: FeedCategory): boolean {
  if (ownSlot === null) return false;
  const [claim] = claimsOfItem({
    title: item.title,
    productType: item.productType ?? undefined,
    googleProductCategory: item.googleProductCategory ?? undefined,
  });
  return claim?.kind !== 'garment';
}

/** Lower-case words between single spaces, so that whole words are found. */
export function normalize(text: string): string {
  return ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()} `;
}
