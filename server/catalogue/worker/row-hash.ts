import { createHash } from 'node:crypto';
import { RowImageError } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import { type FeedRow, isWebLink } from '../feed/row.ts';
import { claimsOfItem } from '../items/claim.ts';

const SHA256_DIGITS = 64;
/** Raised when more of a row is stored than before: the next import then writes unchanged rows, too. */
const STORED = 2;

export interface HashedRow {
  /** Two SHA-256 in hex: the first of the whole row, the second of what its parsing depends on. */
  readonly hash: string;
  /** Those of the row's images that are there. */
  readonly images: readonly string[];
  /** Of images after the first. */
  readonly faults: readonly RowImageError[];
}

/** Throws RowImageError if the first image is not there. */
export async function hashRow(
  row: FeedRow,
  deps: { files: FeedFiles; embeddingModel: string },
): Promise<HashedRow> {
  const images: string[] = [];
  const identities: string[] = [];
  const faults: RowImageError[] = [];
  for (const image of row.images) {
    try {
      identities.push(isWebLink(image) ? image : sha256(await deps.files.readImage(image)));
      images.push(image);
    } catch (error) {
      if (!(error instanceof RowImageError) || images.length === 0) throw error;
      faults.push(error);
    }
  }
  const hash =
    sha256(JSON.stringify([STORED, row])) +
    sha256(JSON.stringify([deps.embeddingModel, claimsOfItem(row), identities]));
  return { hash, images, faults };
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Whether the part of the hash that parsing depends on is the same. */
export function isParsedAlike(hash: string, other: string | null): boolean {
  return hash.slice(SHA256_DIGITS) === other?.slice(SHA256_DIGITS);
}
