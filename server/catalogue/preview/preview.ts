import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { InvalidInputError } from '../../errors/errors.ts';
import { causesOf } from '../../errors/lost-connection.ts';
import { StoreUnavailableError } from '../../errors/store-unavailable.ts';
import { type FileUpload, receiveFile } from '../../graphql/uploads/upload.ts';
import type { Availability } from '../../vocabulary/availability.ts';
import { wellFormed } from '../../vocabulary/text.ts';
import { nameText } from '../../vocabulary/visible.ts';
import { beginTime } from '../../watchdog/time-limit.ts';
import type { CatalogueContext } from '../context.ts';
import { FeedError, OutOfTimeError } from '../feed/fault.ts';
import { FIRST_ROWS_TIME, type FirstRows, readFirstRows } from '../feed/first-rows.ts';
import { isWebLink } from '../feed/image-links.ts';
import type { ReadRow } from '../feed/read.ts';
import type { FeedRow } from '../feed/row.ts';
import { FetchError, openFetcher } from '../fetch/fetcher.ts';
import { ImportSeverity } from '../imports/import-job.type.ts';
import { claimsOfItem } from '../items/claim.ts';
import { toMoney } from '../items/item.type.ts';
import { LIMITS } from '../limits.ts';
import { isWholePicture, makeSlotMatcher, type SlotMatcher } from '../slots/match-slot.ts';
import { listOwnSlots } from '../slots/slots.sql.ts';
import { leavePreview, openPreview, PREVIEW_MS, removePreview, storePreview } from '../staging/previews.ts';
import { feedTooLarge } from '../staging/staging.ts';
import { findCurrency } from '../worker/import-rows.sql.ts';
import { outsideReason } from '../worker/parse-item.ts';
import type { ColumnUse, FeedFormat, FeedPreview, PreviewItem, PreviewRow } from './feed-preview.type.ts';

/** Shows the first rows of a client's feed. Throws InvalidInputError, FEED_UNREADABLE if it is none. */
export async function previewUpload(context: CatalogueContext, upload: FileUpload): Promise<FeedPreview> {
  const limit = context.config.limits.feedBytes;
  const file = await receiveFile(upload, limit, () => feedTooLarge(limit));
  const token = randomUUID();
  await keep(context, token, file.createReadStream());
  return preview(context, token, file.filename);
}

/** The same for a feed at an address. Throws InvalidInputError, FETCH_FAILED or FETCH_REFUSED if it cannot be had. */
export async function previewAddress(context: CatalogueContext, url: string): Promise<FeedPreview> {
  const address = url.trim();
  if (!isWebLink(address) || address.length > LIMITS.linkLength) {
    throw new InvalidInputError('That is not an http address.', { field: 'url' });
  }
  const name = nameOf(new URL(address));
  const token = randomUUID();
  const fetcher = openFetcher({ allowHosts: context.config.fetchAllowHosts });
  try {
    await fetcher.download(address, (stream) => keep(context, token, stream));
  } catch (error) {
    const away = causesOf(error).find((cause) => cause instanceof StoreUnavailableError);
    if (away || !(error instanceof FetchError)) throw away ?? error;
    throw new InvalidInputError(error.message, { code: error.code, field: 'url', cause: error });
  } finally {
    await fetcher.close();
  }
  return preview(context, token, name);
}

/** The last part of its path, or its host. */
function nameOf({ pathname, hostname }: URL): string {
  const last = pathname.split('/').filter(Boolean).at(-1) ?? hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function keep({ config, store }: CatalogueContext, token: string, stream: Readable): Promise<void> {
  return storePreview(store, token, { stream, limit: config.limits.feedBytes });
}

async function preview(context: CatalogueContext, token: string, given: string): Promise<FeedPreview> {
  const name = nameText(given);
  const { db, shopId, inHand } = context;
  const expiresAt = new Date(Date.now() + PREVIEW_MS);
  try {
    const { currency, slots } = await db.inShop(shopId, async (tx) => ({
      currency: await findCurrency(tx, shopId),
      slots: await listOwnSlots(tx, shopId),
    }));
    const isOver = beginTime(FIRST_ROWS_TIME);
    const files = await openPreview(context.store, token, isOver);
    try {
      const end = inHand.begin(`reading the start of "${name}"`);
      const first = await readFirstRows(files, currency, isOver).finally(end);
      await leavePreview(context.store, shopId, token, name);
      const inZip = files.feed && files.feed.name !== 'upload' ? files.feed.name : null;
      const slotOf = makeSlotMatcher(slots);
      return {
        ...toPreview(first, (row) => toItem(row, currency, slotOf)),
        token,
        expiresAt,
        name,
        feedName: inZip,
      };
    } finally {
      await files.close();
    }
  } catch (error) {
    await removePreview(context.store, shopId, token);
    if (!(error instanceof FeedError)) throw error;
    throw new InvalidInputError(error instanceof OutOfTimeError ? TOO_SLOW : error.message, {
      code: 'FEED_UNREADABLE',
      field: 'feed',
      cause: error,
    });
  }
}

function toPreview(
  { format, columns, rows, notes, ...first }: FirstRows,
  toPreviewItem: (row: FeedRow) => PreviewItem,
): Omit<FeedPreview, 'token' | 'expiresAt' | 'name' | 'feedName'> {
  return {
    ...first,
    format: format as FeedFormat,
    columns: columns.map(({ name, use, field }) => ({
      name: wellFormed(name.slice(0, LONGEST_NAME)),
      use: use as ColumnUse,
      field,
    })),
    notes: notes.map(wellFormed),
    rows: rows.map((read) => toRow(read, toPreviewItem)),
  };
}

const LONGEST_NAME = 200;
const TOO_SLOW =
  'The first rows of the feed cannot be read within ten seconds. Save it as CSV, or import it without a preview.';

function toRow(read: ReadRow, toPreviewItem: (row: FeedRow) => PreviewItem): PreviewRow {
  if ('rejected' in read) {
    const { row, itemId = null, column = null, code, reason } = read.rejected;
    const fault = { row, itemId, column, code, reason: wellFormed(reason), severity: ImportSeverity.ERROR };
    return { row, item: null, faults: [fault] };
  }
  const { number: row, warnings } = read;
  return {
    row,
    item: toPreviewItem(read.row),
    faults: warnings.map(({ column, code, reason }) => ({
      ...{ row, itemId: read.row.id, column, code, reason: wellFormed(reason) },
      severity: ImportSeverity.WARNING,
    })),
  };
}

function toItem(row: FeedRow, shopCurrency: string, slotOf: SlotMatcher): PreviewItem {
  const currency = row.currency ?? shopCurrency;
  const [claim] = claimsOfItem(row);
  const isMatchedWhole = isWholePicture(slotOf(row), row);
  const { brand = null, color = null, size = null, itemGroupId = null } = row;
  return {
    id: row.id,
    title: row.title,
    price: toMoney(row.priceMinor ?? null, currency),
    salePrice: toMoney(row.salePriceMinor ?? null, currency),
    availability: row.availability as Availability,
    category: claim?.kind === 'garment' && claim.categories.length === 1 ? claim.categories[0]! : null,
    unmatchedReason: claim?.kind === 'outside' && !isMatchedWhole ? outsideReason(claim) : null,
    brand,
    color,
    size,
    itemGroupId,
    images: row.images,
  };
}
