import { Readable } from 'node:stream';
import { InvalidInputError } from '../../errors/errors.ts';
import type { CatalogueContext } from '../context.ts';
import type { ItemInput } from '../items/item.input.ts';
import { LIMITS } from '../limits.ts';
import { getJob } from './control.ts';
import { importFeed } from './import.ts';
import type { ImportJobRow } from './import-job.sql.ts';

const MAX_ITEMS = 100;

/** Imports items as a feed of their own, so that they are checked, queued and told of like any. */
export async function upsertItems(
  context: CatalogueContext,
  items: readonly ItemInput[],
): Promise<ImportJobRow> {
  if (items.length < 1 || items.length > MAX_ITEMS) {
    throw new InvalidInputError(`items must have 1 to ${MAX_ITEMS} entries.`, { field: 'items' });
  }
  const feed = items.map((item) => `${JSON.stringify(toRow(item))}\n`).join('');
  const id = await importFeed(context, context.shopId, {
    name: items.length === 1 ? '1 item' : `${items.length} items`,
    source: { kind: 'upload', stream: Readable.from([Buffer.from(feed)]) },
  });
  return getJob(context, id);
}

/** The item in the feed's own columns. */
function toRow({ attributes, additionalImageLinks, ...item }: ItemInput): Record<string, unknown> {
  const own = attributes ?? [];
  if (own.length > LIMITS.attributes) {
    throw new InvalidInputError(`attributes may have at most ${LIMITS.attributes} entries.`, {
      field: 'items',
    });
  }
  const columns = Object.entries(item).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return {
    // A column of the feed's goes before an attribute of the same name.
    ...Object.fromEntries(own.map(({ name, value }) => [name, value])),
    ...Object.fromEntries(columns),
    additional_image_link: additionalImageLinks ?? [],
  };
}
