import type { CatalogueContext } from '../../../server/catalogue/context.ts';
import type { Database } from '../../../server/db/database.ts';
import type { Vision } from '../../../server/vision/contract.ts';

/** As much of a request's context as outfits are found with. */
export function contextOf(db: Database, vision: Vision, shopId: string): CatalogueContext {
  const limiter = { check: async () => undefined, spend: async () => undefined };
  const viewer = { role: 'merchandiser', shopId, client: 'bench' };
  return { db, shopId, vision, limiter, viewer } as unknown as CatalogueContext;
}
