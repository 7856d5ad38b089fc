import type { Queryable } from '../../db/database.ts';
import { insertGarments } from '../../garments/garments.sql.ts';
import type { IngestedImage } from '../../vision/ingest.ts';
import { listCorrections } from '../items/corrections.sql.ts';
import { reapplyCorrections } from '../items/corrections.ts';
import type { PrimaryChoice } from '../items/primary.ts';
import type { ItemTask } from '../queue/tasks.ts';
import { deleteImages, insertImage, type SourcedImage } from './finish-item.sql.ts';

/** Replaces the item's images and garments and keeps corrections made by hand. Returns the former images' SHA-256. */
export async function replaceImages(
  tx: Queryable,
  { shopId, itemId }: ItemTask,
  images: readonly (IngestedImage & SourcedImage)[],
  primary: PrimaryChoice | null,
  embeddingModel: string,
): Promise<string[]> {
  const item = { shopId, itemId };
  const corrections = await listCorrections(tx, shopId, itemId);
  const former = await deleteImages(tx, item);
  for (const [position, image] of images.entries()) {
    await insertImage(tx, item, position, image);
    await insertGarments(tx, {
      ...item,
      embeddingModel,
      garments: image.garments,
      imagePosition: position,
      primary: primary?.image === position ? primary.garment : undefined,
    });
  }
  await reapplyCorrections(tx, item, corrections);
  return former;
}
