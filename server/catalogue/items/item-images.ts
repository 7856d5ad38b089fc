import type { CatalogueContext } from '../context.ts';
import type { ItemImageRow } from './item.sql.ts';
import type { Item } from './item.type.ts';

/** The first image's address, at most `width` pixels wide; null while there is none. Throws InvalidInputError for a width below 1. */
export function imageUrlOf(
  item: Item,
  { width }: { width?: number | null },
  context: CatalogueContext,
): string | null | Promise<string | null> {
  const { links, shopId } = context;
  return withImages(item, context, ([first]) => (first ? links.image(shopId, first.sha256, width) : null));
}

/** At once where they were read with the item: a promise for each of a page's items takes a good part of its time. */
export function withImages<T>(
  { id, imageRows }: Item,
  { loaders }: CatalogueContext,
  make: (rows: readonly ItemImageRow[]) => T,
): T | Promise<T> {
  return imageRows ? make(imageRows) : loaders.imagesOfItem.load(id).then(make);
}
