import type { CatalogueContext } from '../context.ts';
import type { ItemImageRow } from './item.sql.ts';
import type { Item } from './item.type.ts';

/**
 * URL of the first image, at most `width` pixels wide; null until there is one. Throws InvalidInputError if the width
 * is below 1.
 */
export function imageUrlOf(
  item: Item,
  { width }: { width?: number | null },
  context: CatalogueContext,
): string | null | Promise<string | null> {
  const { links, shopId } = context;
  return withImages(item, context, ([first]) => (first ? links.image(shopId, first.sha256, width) : null));
}

/** Returned directly if already read with the item: a promise for each item of a page takes noticeable time. */
export function withImages<T>(
  { id, imageRows }: Item,
  { loaders }: CatalogueContext,
  make: (rows: readonly ItemImageRow[]) => T,
): T | Promise<T> {
  return imageRows ? make(imageRows) : loaders.imagesOfItem.load(id).then(make);
}
