import { InvalidImageError } from '../../errors/errors.ts';
import { type IngestedImage, ingestImage } from '../../vision/ingest.ts';
import { retryWhileBusy } from '../../vision/runtime/retry-while-busy.ts';
import type { CatalogueServices } from '../context.ts';
import { FeedError, RowImageError } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import { isWebLink } from '../feed/row.ts';
import { FetchError, type Fetcher } from '../fetch/fetcher.ts';
import { type CategoryClaim, claimsOfItem } from '../items/claim.ts';
import { choosePrimaryGarment } from '../items/primary.ts';
import type { ItemTask } from '../queue/tasks.ts';
import { isWholePicture } from '../slots/match-slot.ts';

export type ParsingServices = Pick<CatalogueServices, 'vision' | 'images'> & { readonly fetcher: Fetcher };

/** Why an image could not be fetched or parsed. `transient`: another try may succeed. */
export interface ImageFault {
  readonly code: string;
  readonly reason: string;
  readonly transient: boolean;
}

export interface ParsedItem {
  readonly images: (IngestedImage & { source: string })[];
  readonly primary: { image: number; garment: number } | null;
  readonly ownSlot: string | null;
  /** Whether searches match the whole picture, as goods outside the 13 categories that the shop has a slot for. */
  readonly wholePicture: boolean;
  /** Why a parsed item is not matched. */
  readonly unmatchedReason: string | null;
  /** Faults of further images. If the first one fails, so does the item. */
  readonly faults: ImageFault[];
}

/**
 * Fetches, stores, parses and embeds an item's images and chooses its primary garment. If no garment is found, the
 * whole image is embedded, unless the feed puts the item outside the 13 categories; if the shop has a slot for such
 * goods, always. Writes to no table.
 */
export async function parseItem(
  services: ParsingServices,
  task: ItemTask,
  ownSlot: string | null,
  openFiles: () => Promise<FeedFiles>,
): Promise<ParsedItem | ImageFault> {
  const images: ParsedItem['images'] = [];
  const faults: ImageFault[] = [];
  let first: Buffer | undefined;
  for (const source of task.images) {
    try {
      const bytes = isWebLink(source)
        ? await services.fetcher.fetch(source)
        : await (await openFiles()).readImage(source);
      const image = await retryWhileBusy(() => ingestImage(services, bytes, 'catalogue'));
      images.push({ ...image, source });
      first ??= bytes;
    } catch (error) {
      const fault = toImageFault(error, source);
      if (images.length === 0 || fault.transient) return fault;
      faults.push(fault);
    }
  }
  const claims = claimsOfItem(task);
  const wholePicture = isWholePicture(ownSlot, task);
  const unmatchedReason = wholePicture ? null : outsideReason(claims[0]);
  const bytes = first;
  const isBare = unmatchedReason === null && images.every(({ garments }) => garments.length === 0);
  if (bytes && (wholePicture || isBare)) {
    const { vision } = services;
    const whole = await retryWhileBusy(async () =>
      vision.embedWhole(await vision.decode(bytes, 'catalogue')),
    );
    images[0] = { ...images[0]!, garments: [...images[0]!.garments, whole] };
  }
  return {
    images,
    primary: wholePicture
      ? { image: 0, garment: images[0]!.garments.length - 1 }
      : choosePrimaryGarment(images, claims),
    ownSlot,
    wholePicture,
    unmatchedReason,
    faults,
  };
}

/** Why an item of this claim is not matched. */
export function outsideReason(claim: CategoryClaim | undefined): string | null {
  if (claim?.kind !== 'outside') return null;
  return `Kept without matching: ${claim.goods} are outside of the 13 categories. Searches match them once the shop has a slot for them.`;
}

function toImageFault(error: unknown, source: string): ImageFault {
  const named = (reason: string) => (reason.includes(source) ? reason : `${source}: ${reason}`);
  if (error instanceof FetchError) {
    return { code: error.code, reason: error.message, transient: error.transient };
  }
  if (error instanceof InvalidImageError || error instanceof RowImageError) {
    return { code: error.code, reason: named(error.message), transient: false };
  }
  if (error instanceof FeedError)
    return { code: 'IMAGE_NOT_FOUND', reason: named(error.message), transient: false };
  throw error;
}
