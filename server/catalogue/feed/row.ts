import { Availability } from '../../vocabulary/availability.ts';
import { LIMITS } from '../limits.ts';
import { readAttributes } from './attributes.ts';
import { readAvailability } from './availability.ts';
import { cleanLink, cleanParagraphs, cleanText, cleanValue } from './clean.ts';
import type { Fault, RowWarning } from './fault.ts';
import { hasCredentials, isWebLink, splitAddresses, toImageReference, withScheme } from './image-links.ts';
import { splitLinks } from './links.ts';
import { type RowPrices, readPrices } from './prices.ts';
import type { RawRow } from './raw.ts';
import { RowCells } from './row-cells.ts';

export { isWebLink } from './image-links.ts';

/** A validated row of a feed. */
export interface FeedRow extends RowPrices {
  readonly id: string;
  readonly title: string;
  readonly description?: string | undefined;
  readonly link?: string | undefined;
  /** Paths beside the feed, or http(s) URLs, starting with `image_link`. */
  readonly images: readonly string[];
  readonly availability: `${Availability}`;
  readonly brand?: string | undefined;
  readonly color?: string | undefined;
  readonly size?: string | undefined;
  readonly gender?: string | undefined;
  readonly ageGroup?: string | undefined;
  readonly itemGroupId?: string | undefined;
  /** The looks that it is in; undefined if it is in none. */
  readonly lookIds?: readonly string[] | undefined;
  readonly googleProductCategory?: string | undefined;
  readonly productType?: string | undefined;
  /** The shop's own columns, by name. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

export interface RejectedRow extends Fault {
  readonly row: number;
  readonly itemId?: string | undefined;
  readonly column?: string | undefined;
}

export type CheckedRow =
  | { readonly row: FeedRow; readonly warnings: readonly RowWarning[] }
  | { readonly rejected: RejectedRow };

/**
 * The row with warnings of what was left out of it, or why it is rejected. Only its id, title and first picture can cost
 * a row.
 */
export function validateRow(raw: RawRow, shopCurrency = 'EUR'): CheckedRow {
  if ('fault' in raw) return { rejected: { row: raw.row, itemId: idOf({ id: raw.id }), ...raw.fault } };
  const { fields } = raw;
  const cells = new RowCells(fields);
  const required = readRequired(fields, cells);
  if ('code' in required) return { rejected: { row: raw.row, itemId: idOf(fields), ...required } };
  const { id, title, image, more } = required;
  const row: FeedRow = {
    id,
    title,
    description: cells.cutText('description', LIMITS.descriptionLength, cleanParagraphs),
    link: readLink(cells),
    images: readImages(cells, image, more),
    ...readPrices(cells, shopCurrency),
    availability: readStock(cells),
    brand: cells.text('brand', LIMITS.fieldLength),
    color: cells.text('color', LIMITS.fieldLength, { join: true }),
    size: cells.text('size', LIMITS.fieldLength, { join: true }),
    gender: cells.text('gender', LIMITS.fieldLength),
    ageGroup: cells.text('age_group', LIMITS.fieldLength),
    itemGroupId: cells.text('item_group_id', LIMITS.attributeLength, { clean: cleanValue }),
    lookIds: readLooks(cells, fields.look_id),
    googleProductCategory: cells.text('google_product_category', LIMITS.fieldLength),
    productType: cells.text('product_type', LIMITS.fieldLength),
    attributes: readAttributes(fields),
  };
  return { row, warnings: cells.warnings };
}

interface Required {
  readonly id: string;
  readonly title: string;
  readonly image: string;
  /** Pictures that stand in the column of the first one. */
  readonly more: readonly string[];
}

/** What an item cannot do without, or the first fault in it. */
function readRequired(
  fields: Readonly<Record<string, unknown>>,
  cells: RowCells,
): Required | (Fault & { column: string }) {
  const id = cleanValue(firstOf(fields.id));
  if (typeof id !== 'string') return unusable('id', id);
  if (id.length > LIMITS.idLength) {
    return fault('id', 'FIELD_TOO_LONG', `is longer than ${LIMITS.idLength} characters`);
  }
  const title = cleanText(firstOf(fields.title));
  if (typeof title !== 'string') return unusable('title', title);
  const [first, ...others] = cells.list('image_link').map(cleanLink);
  if (typeof first !== 'string') return unusable('image_link', first);
  const [link = '', ...more] = splitAddresses(first);
  if (link.length > LIMITS.linkLength) {
    return fault('image_link', 'FIELD_TOO_LONG', `is longer than ${LIMITS.linkLength} characters`);
  }
  const image = toImageReference(link);
  if (image !== undefined && hasCredentials(image)) {
    return fault('image_link', 'INVALID_IMAGE_LINK', WITH_CREDENTIALS);
  }
  if (image === undefined) {
    return fault('image_link', 'INVALID_IMAGE_LINK', 'is neither an http address nor a path beside the feed');
  }
  const strings = others.filter((other) => typeof other === 'string');
  return { id, title: cells.cutText('title', LIMITS.fieldLength)!, image, more: [...more, ...strings] };
}

const WITH_CREDENTIALS = 'carries a user name or password';

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value.find((one) => cleanValue(one) !== undefined) : value;
}

function unusable(column: string, value: unknown): Fault & { column: string } {
  return value === undefined
    ? fault(column, 'MISSING_FIELD', 'is missing')
    : fault(column, 'INVALID_FIELD', 'must be text');
}

function fault(column: string, code: Fault['code'], what: string): Fault & { column: string } {
  return { column, code, reason: `${column} ${what}.` };
}

function readImages(cells: RowCells, first: string, more: readonly string[]): string[] {
  const column = 'additional_image_link';
  const images = new Set([first]);
  const unreadable: string[] = [];
  let refused = 0;
  for (const link of [...more, ...cells.links(column, splitLinks)]) {
    const image = link.length <= LIMITS.linkLength ? toImageReference(link) : undefined;
    if (image === undefined) unreadable.push(link);
    else if (hasCredentials(image)) refused += 1;
    else images.add(image);
  }
  if (refused > 0) cells.warn(column, 'INVALID_IMAGE_LINK', WITH_CREDENTIALS);
  if (unreadable.length > 0) {
    const others = unreadable.length > 1 ? ` (nor are ${unreadable.length - 1} more)` : '';
    const shown = unreadable[0]!.slice(0, 200);
    cells.warn(
      column,
      'INVALID_IMAGE_LINK',
      `"${shown}" is neither an http address nor a path beside the feed${others}`,
    );
  }
  if (images.size > LIMITS.imagesPerRow) {
    const what = `makes ${images.size} pictures; the first ${LIMITS.imagesPerRow} were taken`;
    cells.warn(column, 'TOO_MANY_IMAGES', what);
  }
  return [...images].slice(0, LIMITS.imagesPerRow);
}

/** A text may name several looks, separated by commas; a list names one in each of its entries. */
function readLooks(cells: RowCells, value: unknown): string[] | undefined {
  const column = 'look_id';
  const ids = new Set<string>();
  const listed = cells.list(column).map(cleanValue);
  const texts = listed.filter((one) => typeof one === 'string');
  if (texts.length < listed.length) cells.warn(column, 'INVALID_FIELD', 'must be an id or a list of ids');
  for (const one of texts) {
    if (Array.isArray(value)) ids.add(one);
    else for (const id of one.split(',')) if (id.trim() !== '') ids.add(id.trim());
  }
  const fitting = [...ids].filter((id) => id.length <= LIMITS.idLength);
  if (fitting.length < ids.size) {
    cells.warn(column, 'FIELD_TOO_LONG', `has ids of more than ${LIMITS.idLength} characters`);
  }
  if (fitting.length > LIMITS.looksPerRow) {
    const what = `names ${fitting.length} looks; the first ${LIMITS.looksPerRow} were taken`;
    cells.warn(column, 'TOO_MANY_LOOKS', what);
  }
  return fitting.length > 0 ? fitting.slice(0, LIMITS.looksPerRow) : undefined;
}

function readLink(cells: RowCells): string | undefined {
  const text = cells.text('link', LIMITS.linkLength, { clean: cleanLink });
  const link = text === undefined ? undefined : withScheme(text);
  if (link === undefined) return undefined;
  if (!isWebLink(link)) cells.warn('link', 'INVALID_LINK', 'is not an http or https address');
  else if (hasCredentials(link)) cells.warn('link', 'INVALID_LINK', WITH_CREDENTIALS);
  else return link;
  return undefined;
}

/** An item without an availability can be bought: the shop offers it. */
function readStock(cells: RowCells): Availability {
  const text = cells.text('availability', LIMITS.linkLength);
  const read = text === undefined ? Availability.IN_STOCK : readAvailability(text);
  if (read) return read;
  const what = `"${text!.slice(0, 100)}" is not understood, so the item counts as in stock`;
  cells.warn('availability', 'INVALID_AVAILABILITY', what);
  return Availability.IN_STOCK;
}

function idOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  const id = cleanValue(firstOf(fields.id));
  return typeof id === 'string' ? id.slice(0, LIMITS.idLength).toWellFormed() : undefined;
}
