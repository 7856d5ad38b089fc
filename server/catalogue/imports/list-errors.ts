import { InvalidInputError } from '../../errors/errors.ts';
import type { CatalogueContext } from '../context.ts';
import { type ImportErrorRow, listErrors } from './import-job.sql.ts';

const MAX_ERRORS = 1000;

/** One page of a job's errors. Throws InvalidInputError. */
export async function listErrorPage(
  { db, shopId }: Pick<CatalogueContext, 'db' | 'shopId'>,
  jobId: string,
  first: number,
  after: number | null | undefined,
): Promise<ImportErrorRow[]> {
  if (first < 1 || first > MAX_ERRORS) {
    throw new InvalidInputError(`first must be from 1 to ${MAX_ERRORS}.`, { field: 'first' });
  }
  return db.inShop(shopId, (tx) => listErrors(tx, { jobId, first, after: after ?? 0 }));
}
