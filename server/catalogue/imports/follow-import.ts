import { requireRole } from '../../access/viewer.ts';
import type { CatalogueContext } from '../context.ts';
import { getJob } from './control.ts';
import type { ImportJobRow } from './import-job.sql.ts';

/** The events of `importProgress`. Throws ForbiddenError or NotFoundError before the first event. */
export async function followImport(
  context: CatalogueContext,
  id: string,
): Promise<AsyncIterable<ImportJobRow>> {
  requireRole(context.viewer, 'merchandiser');
  const { id: jobId } = await getJob(context, id);
  const signal = context.signal ?? new AbortController().signal;
  return context.watch.follow(context.shopId, jobId, signal);
}
