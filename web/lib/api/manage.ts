import { request, requestWith } from './client.ts';
import {
  ImportCatalogueDocument,
  ImportErrorsPageDocument,
  type ImportErrorsPageQuery,
  ImportJobByIdDocument,
  type ImportJobFieldsFragment,
  type Role,
  ViewerOfKeyDocument,
} from './generated/graphql.ts';
import type { Page } from './queries.ts';
import { type UploadOptions, upload } from './upload.ts';

export type ImportJob = ImportJobFieldsFragment;
export type ImportError = NonNullable<ImportErrorsPageQuery['importJob']>['errors'][number];

const ERRORS_PAGE = 100;

/** What a key may do, and in which shop. */
export async function loadViewer(key: string): Promise<{ role: Role; shop: string }> {
  const { viewer, shop } = await requestWith(key, ViewerOfKeyDocument, {});
  return { role: viewer.role, shop: shop.name };
}

export async function importFeed(file: File, options: UploadOptions): Promise<ImportJob> {
  return (await upload(ImportCatalogueDocument, 'feed', file, {}, options)).importCatalogue;
}

/** Null where there is no such import. */
export async function loadImport(id: string, signal?: AbortSignal): Promise<ImportJob | null> {
  return (await request(ImportJobByIdDocument, { id }, signal)).importJob ?? null;
}

/** The import's errors by row; the cursor of the next page is the last row of this one. */
export async function loadImportErrors(
  id: string,
  after: string | null,
  signal?: AbortSignal,
): Promise<Page<ImportError>> {
  const variables = { id, after: after === null ? null : Number(after), first: ERRORS_PAGE };
  const entries = (await request(ImportErrorsPageDocument, variables, signal)).importJob?.errors ?? [];
  const last = entries.at(-1);
  return { entries, next: last && entries.length === ERRORS_PAGE ? String(last.row) : null, total: null };
}
