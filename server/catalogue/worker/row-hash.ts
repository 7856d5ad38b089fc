import { createHash } from 'node:crypto';
import type { FeedFiles } from '../feed/files.ts';
import { type FeedRow, isWebLink } from '../feed/row.ts';
import { claimsOfItem } from '../items/claim.ts';

const SHA256_DIGITS = 64;
/** Raised when a column is stored that was not before: the next import of an unchanged row then stores it. */
const COLUMNS = 2;

/** Two SHA-256 in hex: the first of the whole row, the second of what its parsing depends on. Throws RowImageError. */
export async function hashRow(
  row: FeedRow,
  deps: { files: FeedFiles; embeddingModel: string },
): Promise<string> {
  const identities: string[] = [];
  for (const image of row.images) {
    identities.push(isWebLink(image) ? image : sha256(await deps.files.readImage(image)));
  }
  return (
    sha256(JSON.stringify([COLUMNS, row])) +
    sha256(JSON.stringify([deps.embeddingModel, claimsOfItem(row), identities]))
  );
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Whether the part of the hash that parsing depends on is the same. */
export function isParsedAlike(hash: string, other: string | null): boolean {
  return hash.slice(SHA256_DIGITS) === other?.slice(SHA256_DIGITS);
}
