import { hasRole } from '../../access/viewer.ts';
import type { CatalogueContext } from '../context.ts';
import { type Item, toItem } from './item.type.ts';

/** The item, if there is one that the viewer may see. */
export async function findShownItem(
  { loaders, viewer }: Pick<CatalogueContext, 'loaders' | 'viewer'>,
  id: string,
): Promise<Item | null> {
  const row = await loaders.item.load(id);
  return row && (row.shown || hasRole(viewer, 'merchandiser')) ? toItem(row) : null;
}
