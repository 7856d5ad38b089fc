import { normalForm } from '../../vocabulary/text.ts';
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

/** The slot of an item; null if it is in none of them. */
export type SlotMatcher = (item: FeedCategory) => string | null;

/**
 * Finds the slot one of whose words an item's category contains. Of several, the one with the longest word, which says
 * most: "running shoes" before "shoes".
 */
export function makeSlotMatcher(slots: readonly OwnSlot[]): SlotMatcher {
  const words = slots
    .flatMap(({ name, productTypes }) => productTypes.map((type) => ({ name, word: normalize(type) })))
    .filter(({ word }) => word.trim() !== '')
    .sort((a, b) => b.word.length - a.word.length || (a.name < b.name ? -1 : 1));
  return ({ productType, googleProductCategory }) => {
    if (words.length === 0) return null;
    const google = googleProductCategory ?? '';
    const text = [productType ?? '', google, googleName(google) ?? ''].map(normalize).join('\n');
    return words.find(({ word }) => text.includes(word))?.name ?? null;
  };
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
  return ` ${normalForm(text, 'NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()} `;
}
