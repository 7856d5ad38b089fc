import { Readable } from 'node:stream';
import { InvalidInputError } from '../../errors/errors.ts';
import type { CatalogueContext } from '../context.ts';
import { columnName } from '../feed/columns.ts';
import type { ItemInput } from '../items/item.input.ts';
import { LIMITS } from '../limits.ts';
import { getJob } from './control.ts';
import { importFeed } from './import.ts';
import type { ImportJobRow } from './import-job.sql.ts';

const MAX_ITEMS = 100;

/** Imports items as a small feed of their own, so that they are validated, queued and reported like any other. */
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

/** The item as a row of a feed. */
function toRow({ attributes, additionalImageLinks, lookIds, ...item }: ItemInput): Record<string, unknown> {
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
  const given = new Set(columns.map(([name]) => name));
  // If an attribute has the name of a column, in whatever spelling, the column wins.
  const others = own.filter(({ name }) => !given.has(columnName(name)));
  return {
    ...Object.fromEntries(others.map(({ name, value }) => [name, value])),
    ...Object.fromEntries(columns),
    additional_image_link: additionalImageLinks ?? [],
    look_id: lookIds ?? [],
  };
}
