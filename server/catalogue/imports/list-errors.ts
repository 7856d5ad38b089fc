import { InvalidInputError } from '../../errors/errors.ts';
import type { CatalogueContext } from '../context.ts';
import { type ErrorPage, type ImportErrorRow, listErrors } from './import-job.sql.ts';

const MAX_ERRORS = 1000;

/** One page of a job's errors and warnings. Throws InvalidInputError. */
export async function listErrorPage(
  { db, shopId }: Pick<CatalogueContext, 'db' | 'shopId'>,
  { after, ...page }: Omit<ErrorPage, 'after'> & { readonly after: number | null | undefined },
): Promise<ImportErrorRow[]> {
  if (page.first < 1 || page.first > MAX_ERRORS) {
    throw new InvalidInputError(`first must be from 1 to ${MAX_ERRORS}.`, { field: 'first' });
  }
  return db.inShop(shopId, (tx) => listErrors(tx, { ...page, after: after ?? 0 }));
}
