import { InvalidImageError } from '../../errors/errors.ts';
import { type IngestedImage, ingestImage } from '../../vision/ingest.ts';
import { retryWhileBusy } from '../../vision/runtime/retry-while-busy.ts';
import type { CatalogueServices } from '../context.ts';
import { FeedError, RowImageError } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import { isWebLink } from '../feed/row.ts';
import { FetchError, type Fetcher } from '../fetch/fetcher.ts';
import { claimsOfItem, type Outside, type OutsideColumn } from '../items/claim.ts';
import { choosePrimaryGarment } from '../items/primary.ts';
import type { ItemTask } from '../queue/tasks.ts';

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
  /** Why a parsed item is not matched, or would not be if nobody had said otherwise. */
  readonly unmatched: {
    readonly reason: string;
    /** The column of the feed that says so. */
    readonly column: OutsideColumn;
    readonly isMatchedByHand: boolean;
  } | null;
  /** Faults of further images, which the item does without. If the first one fails, so does the item. */
  readonly faults: ImageFault[];
}

/**
 * Fetches, stores, parses and embeds an item's images and chooses its primary garment. If no garment is found, the
 * whole image is embedded, unless the feed puts the item outside the 13 categories and nobody has said otherwise
 * (`matchByHand`). Writes to no table.
 */
export async function parseItem(
  services: ParsingServices,
  task: ItemTask,
  openFiles: () => Promise<FeedFiles>,
  { isLastTry, matchByHand }: { isLastTry: boolean; matchByHand: boolean },
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
      if (images.length === 0 || (fault.transient && !isLastTry)) return fault;
      faults.push(fault);
    }
  }
  const claims = claimsOfItem(task);
  const outside = claims[0]?.kind === 'outside' ? claims[0] : null;
  const bytes = first;
  const isMatched = !outside || matchByHand;
  if (isMatched && bytes && images.every(({ garments }) => garments.length === 0)) {
    const { vision } = services;
    const whole = await retryWhileBusy(async () =>
      vision.embedWhole(await vision.decode(bytes, 'catalogue')),
    );
    images[0] = { ...images[0]!, garments: [whole] };
  }
  const primary = choosePrimaryGarment(images, claims);
  if (!outside || primary) return { images, primary, unmatched: null, faults };
  const byHand = matchByHand ? choosePrimaryGarment(images, []) : null;
  return { images, primary: byHand, unmatched: unmatchedBy(outside, byHand !== null), faults };
}

function unmatchedBy(
  { column = 'title', goods }: Outside,
  isMatchedByHand: boolean,
): NonNullable<ParsedItem['unmatched']> {
  const reason =
    `Kept without matching: ${column} says "${goods}", which is outside of the 13 categories. ` +
    'If the item is clothing, choose what it is.';
  return { column, reason, isMatchedByHand };
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
