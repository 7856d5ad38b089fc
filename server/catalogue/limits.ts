import { MAX_IMAGE_BYTES } from '../vision/contract.ts';

const MiB = 1024 * 1024;

/** What an import accepts. The lengths of links and descriptions are Google Merchant's own limits. */
export const LIMITS = {
  rows: 200_000,
  /** Columns of a table, or names in one object or element. Google's own specification has about 100. */
  columns: 1_000,
  idLength: 100,
  fieldLength: 1_000,
  linkLength: 2_000,
  descriptionLength: 5_000,
  /** Attributes kept per item. */
  attributes: 20,
  attributeNameLength: 50,
  attributeLength: 200,
  imagesPerRow: 10,
  /** Looks that one row may name. */
  looksPerRow: 20,
  imageBytes: MAX_IMAGE_BYTES,
  /** One line of a feed. */
  lineBytes: 1 * MiB,
  /** How far a row of a CSV may run before an open quote in it is taken for a mistake. Shopify's descriptions have up to 512 KB. */
  recordLines: 20_000,
  recordLength: 1 * MiB,
  /** Lines without content between the rows of a feed. */
  emptyLines: 1_100_000,
  zipEntries: 250_000,
  zipBytes: 32 * 1024 * MiB,
  /** Compression ratio of entries beyond 1 MiB. Feeds deflate 5 to 30 times; deflate's own limit is 1,032. */
  zipRatio: 200,
} as const;
