import { createHash } from 'node:crypto';
import { InvalidImageError } from '../../errors/errors.ts';
import { type IngestedImage, ingestImage } from '../../vision/ingest.ts';
import { retryWhileBusy } from '../../vision/runtime/retry-while-busy.ts';
import type { CatalogueServices } from '../context.ts';
import { FeedError, RowImageError } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import { isWebLink } from '../feed/row.ts';
import { FetchError, type Fetched, type Fetcher } from '../fetch/fetcher.ts';
import { claimsOfItem, type Outside, type OutsideColumn } from '../items/claim.ts';
import { choosePrimaryGarment } from '../items/primary.ts';
import type { ItemTask } from '../queue/tasks.ts';
import { isWholePicture } from '../slots/match-slot.ts';
import type { SourcedImage } from './finish-item.sql.ts';

export type ParsingServices = Pick<CatalogueServices, 'vision' | 'images'> & { readonly fetcher: Fetcher };

/** Why an image could not be fetched or parsed. `transient`: another try may succeed. */
export interface ImageFault {
  readonly code: string;
  readonly reason: string;
  readonly transient: boolean;
}

export interface ParsedItem {
  readonly images: (IngestedImage & SourcedImage)[];
  readonly primary: { image: number; garment: number } | null;
  readonly ownSlot: string | null;
  /** Whether searches match the whole picture, as goods outside the 13 categories that the shop has a slot for. */
  readonly wholePicture: boolean;
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

export interface ParseOptions {
  /** Of further images, only the last try does without those that cannot be had at the moment. */
  readonly isLastTry: boolean;
  /** A merchandiser has said that the item is clothing. */
  readonly matchByHand: boolean;
  readonly ownSlot: string | null;
}

/**
 * Fetches, stores, parses and embeds an item's images and chooses its primary garment. If no garment is found, the
 * whole image is embedded, unless the feed puts the item outside the 13 categories and nobody has said otherwise
 * (`matchByHand`); if the shop has a slot for such goods, always. Writes to no table.
 */
export async function parseItem(
  services: ParsingServices,
  task: ItemTask,
  readFile: FeedFiles['readImage'],
  { isLastTry, matchByHand, ownSlot }: ParseOptions,
): Promise<ParsedItem | ImageFault> {
  const turn = `catalogue:${task.shopId}` as const;
  const images: ParsedItem['images'] = [];
  const faults: ImageFault[] = [];
  let first: Buffer | undefined;
  for (const source of task.images) {
    try {
      const fetched = isWebLink(source) ? await services.fetcher.fetch(source) : null;
      const bytes = fetched?.bytes ?? (await readFile(source));
      const image = await retryWhileBusy(() => ingestImage(services, bytes, turn));
      images.push({ ...image, source, fetched: fetched ? versionOf(fetched) : undefined });
      first ??= bytes;
    } catch (error) {
      const fault = toImageFault(error, source);
      if (images.length === 0 || (fault.transient && !isLastTry)) return fault;
      faults.push(fault);
    }
  }
  const claims = claimsOfItem(task);
  const wholePicture = isWholePicture(ownSlot, task);
  const outside = claims[0]?.kind === 'outside' ? claims[0] : null;
  const bytes = first;
  const isMatched = wholePicture || !outside || matchByHand;
  if (bytes && isMatched && (wholePicture || images.every(({ garments }) => garments.length === 0))) {
    const { vision } = services;
    const whole = await retryWhileBusy(async () => vision.embedWhole(await vision.decode(bytes, turn), turn));
    images[0] = { ...images[0]!, garments: [...images[0]!.garments, whole] };
  }
  const made = { images, ownSlot, wholePicture, faults };
  if (wholePicture) {
    return { ...made, primary: { image: 0, garment: images[0]!.garments.length - 1 }, unmatched: null };
  }
  const primary = choosePrimaryGarment(images, claims);
  if (!outside || primary) return { ...made, primary, unmatched: null };
  const byHand = matchByHand ? choosePrimaryGarment(images, []) : null;
  return { ...made, primary: byHand, unmatched: unmatchedBy(outside, byHand !== null) };
}

function unmatchedBy(outside: Outside, isMatchedByHand: boolean): NonNullable<ParsedItem['unmatched']> {
  return { column: outside.column ?? 'title', reason: outsideReason(outside), isMatchedByHand };
}

/** Why an item outside the 13 categories is not matched. */
export function outsideReason({ column = 'title', goods }: Outside): string {
  return (
    `Kept without matching: ${column} says "${goods}", which is outside of the 13 categories. If the item is clothing, ` +
    'choose what it is; other goods are matched once the shop has a slot for them.'
  );
}

/** How a later request tells whether the picture has changed. */
export function versionOf({ bytes, validators }: Fetched): NonNullable<SourcedImage['fetched']> {
  return { ...validators, hash: createHash('sha256').update(bytes).digest('hex') };
}

export function toImageFault(error: unknown, source: string): ImageFault {
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
