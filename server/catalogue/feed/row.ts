import { z } from 'zod';
import { parsePrice } from '../../vocabulary/money.ts';
import { wellFormed } from '../../vocabulary/text.ts';
import { LIMITS } from '../limits.ts';
import { readAttributes } from './attributes.ts';
import type { Fault, FaultCode } from './fault.ts';
import type { RawRow } from './raw.ts';

export const AVAILABILITY = ['in_stock', 'out_of_stock', 'preorder', 'backorder'] as const;

/** A validated row of a feed. Prices are in minor units of `currency`. */
export interface FeedRow {
  readonly id: string;
  readonly title: string;
  readonly description?: string | undefined;
  readonly link?: string | undefined;
  /** Paths beside the feed, or http(s) URLs, starting with `image_link`. */
  readonly images: readonly string[];
  readonly priceMinor?: number | undefined;
  readonly salePriceMinor?: number | undefined;
  /** Undefined if the feed has none: the shop's own currency is used. */
  readonly currency?: string | undefined;
  readonly availability: (typeof AVAILABILITY)[number];
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
}

/** Control characters are of no use in a title, and Postgres rejects NUL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters on purpose.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const clean = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? wellFormed(String(value)).replace(CONTROL, '').trim() || undefined
    : (value ?? undefined);

/** Zod carries our codes in `params`; its own codes tell a missing field from one that is too long. */
const coded = (code: FaultCode, message: string) => ({ params: { code }, error: message });
const text = (length: number) =>
  z.preprocess(
    clean,
    z.string({ error: 'must be text' }).max(length, `is longer than ${length} characters`).optional(),
  );
const required = (length: number) =>
  z.preprocess(
    clean,
    z
      .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') })
      .max(length, `is longer than ${length} characters`),
  );
const webLink = text(LIMITS.linkLength).refine(
  (link) => link === undefined || isWebLink(link),
  coded('INVALID_LINK', 'is not an http or https address'),
);
const price = z
  .preprocess(clean, z.string({ error: 'must be text' }).max(50, 'is longer than 50 characters').optional())
  .transform((value, context) => {
    const parsed = value === undefined ? undefined : parsePrice(value);
    if (value !== undefined && !parsed) {
      context.addIssue({
        code: 'custom',
        message: `"${value}" is not an amount such as 19.90 EUR`,
        params: { code: 'INVALID_PRICE' },
      });
    }
    return parsed;
  });
const image = z.preprocess(
  clean,
  z
    .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') })
    .max(LIMITS.linkLength, `is longer than ${LIMITS.linkLength} characters`)
    .transform((link, context) => {
      const reference = toImageReference(link);
      if (reference === undefined) {
        context.addIssue({
          code: 'custom',
          message: 'is neither an http address nor a path beside the feed',
          params: { code: 'INVALID_IMAGE_LINK' },
        });
      }
      return reference ?? '';
    }),
);
/** One cell of a CSV holds several values, separated by commas; JSON has a list. */
const toList = (value: unknown) => {
  const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : (value ?? []);
  return Array.isArray(list) ? list.filter((entry) => clean(entry) !== undefined) : list;
};
const moreImages = z
  .preprocess(toList, z.array(image, { error: 'must be a list of links' }))
  .refine(
    (list) => list.length < LIMITS.imagesPerRow,
    coded('TOO_MANY_IMAGES', `makes more than ${LIMITS.imagesPerRow} images`),
  );
const looks = z
  .preprocess(
    (value) => toList(typeof value === 'number' ? [value] : value),
    z.array(required(LIMITS.idLength), { error: 'must be a list of ids' }),
  )
  .transform((ids) => [...new Set(ids)])
  .refine(
    (ids) => ids.length <= LIMITS.looksPerRow,
    coded('TOO_MANY_LOOKS', `names more than ${LIMITS.looksPerRow} looks`),
  );
const availability = z.preprocess(
  (value) => {
    const word = clean(value);
    if (word === undefined) return 'in_stock';
    const key = String(word)
      .toLowerCase()
      .replace(/[\s-]+/g, '_');
    return key === 'pre_order' ? 'preorder' : key === 'back_order' ? 'backorder' : key;
  },
  z.enum(AVAILABILITY, { error: 'must be in_stock, out_of_stock, preorder or backorder' }),
);

const Row = z.object({
  id: required(LIMITS.idLength),
  title: required(LIMITS.fieldLength),
  image_link: image,
  additional_image_link: moreImages,
  description: text(LIMITS.descriptionLength),
  link: webLink,
  price,
  sale_price: price,
  availability,
  brand: text(LIMITS.fieldLength),
  color: text(LIMITS.fieldLength),
  size: text(LIMITS.fieldLength),
  gender: text(LIMITS.fieldLength),
  age_group: text(LIMITS.fieldLength),
  item_group_id: text(LIMITS.fieldLength),
  look_id: looks,
  google_product_category: text(LIMITS.fieldLength),
  product_type: text(LIMITS.fieldLength),
});

/** The row, or why it is rejected: the first fault found, named after the feed's own column. */
export function validateRow(raw: RawRow): { row: FeedRow } | { rejected: RejectedRow } {
  if ('fault' in raw) return { rejected: { row: raw.row, ...raw.fault } };
  const parsed = Row.safeParse(raw.fields);
  if (!parsed.success) {
    return { rejected: { row: raw.row, itemId: idOf(raw.fields), ...toFault(parsed.error.issues[0]!) } };
  }
  const { data } = parsed;
  const currencies = new Set([data.price?.currency, data.sale_price?.currency].filter(Boolean));
  if (currencies.size > 1) {
    const reason = 'price and sale_price are in different currencies.';
    return { rejected: { row: raw.row, itemId: data.id, code: 'INVALID_PRICE', reason } };
  }
  return {
    row: {
      id: data.id,
      title: data.title,
      description: data.description,
      link: data.link,
      images: [...new Set([data.image_link, ...data.additional_image_link])],
      priceMinor: data.price?.minor,
      salePriceMinor: data.sale_price?.minor,
      currency: [...currencies][0] ?? undefined,
      availability: data.availability,
      brand: data.brand,
      color: data.color,
      size: data.size,
      gender: data.gender,
      ageGroup: data.age_group,
      itemGroupId: data.item_group_id,
      lookIds: data.look_id.length > 0 ? data.look_id : undefined,
      googleProductCategory: data.google_product_category,
      productType: data.product_type,
      attributes: readAttributes(raw.fields, clean),
    },
  };
}

export function isWebLink(link: string): boolean {
  return /^https?:\/\//i.test(link) && URL.canParse(link);
}

/**
 * An http(s) URL unchanged, or a path with forward slashes that stays within the feed's folder; otherwise undefined.
 */
function toImageReference(link: string): string | undefined {
  if (isWebLink(link)) return link;
  const path = link.replace(/\\/g, '/').replace(/^(?:\.\/)+/, '');
  const parts = path.split('/');
  const leaves = /^[a-z][a-z0-9+.-]*:/i.test(path) || parts.includes('..') || path.startsWith('/');
  return leaves || path === '' ? undefined : parts.filter((part) => part !== '' && part !== '.').join('/');
}

function idOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  const id = clean(fields.id);
  return typeof id === 'string' ? wellFormed(id.slice(0, LIMITS.idLength)) : undefined;
}

function toFault(issue: z.core.$ZodIssue): Fault {
  return { code: codeOf(issue), reason: `${String(issue.path[0])} ${issue.message}.` };
}

function codeOf(issue: z.core.$ZodIssue): FaultCode {
  if (issue.code === 'custom' && issue.params?.code) return issue.params.code as FaultCode;
  if (issue.code === 'too_big') return 'FIELD_TOO_LONG';
  return issue.message === 'is missing' ? 'MISSING_FIELD' : 'INVALID_FIELD';
}
