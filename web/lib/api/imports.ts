import { request, subscribe } from './client.ts';
import {
  CancelImportDocument,
  ImportErrorsLinkDocument,
  ImportErrorsPageDocument,
  ImportJobByIdDocument,
  ImportProgressDocument,
  ImportStagedDocument,
  ImportsPageDocument,
  PreviewAddressDocument,
  PreviewFeedDocument,
  RefreshImagesDocument,
  RetryImportDocument,
} from './generated/documents/imports.ts';
import type {
  FeedMode,
  FeedPreviewFieldsFragment,
  ImportErrorsPageQuery,
  ImportJobFieldsFragment,
  ImportSeverity,
} from './generated/graphql.ts';
import { nextCursor, type Page } from './page.ts';
import { type UploadOptions, upload } from './upload.ts';

export type ImportJob = ImportJobFieldsFragment;
export type { ImportSeverity };
export type FeedPreview = FeedPreviewFieldsFragment;
export type ImportError = NonNullable<ImportErrorsPageQuery['importJob']>['errors'][number];

const ERRORS_PAGE = 100;
const IMPORTS_PAGE = 20;

/** Uploads a feed and shows its first rows as they are understood. Nothing is imported. */
export async function previewFeed(file: File, options: UploadOptions): Promise<FeedPreview> {
  return (await upload(PreviewFeedDocument, 'feed', file, {}, options)).previewFeed;
}

/** The same for a feed at an address. */
export async function previewAddress(url: string, signal: AbortSignal): Promise<FeedPreview> {
  return (await request(PreviewAddressDocument, { url }, signal)).previewFeed;
}

/** Imports a feed that was looked at. */
export async function importStaged(
  token: string,
  { mode, force }: { mode: FeedMode; force: boolean },
): Promise<ImportJob> {
  return (await request(ImportStagedDocument, { token, mode, force })).importStaged;
}

/** The newest first. */
export async function loadImports(after: string | null, signal?: AbortSignal): Promise<Page<ImportJob>> {
  const { imports } = await request(ImportsPageDocument, { first: IMPORTS_PAGE, after }, signal);
  return { entries: imports.edges.map(({ node }) => node), next: nextCursor(imports.pageInfo), total: null };
}

/** Null if there is no such import. */
export async function loadImport(id: string, signal?: AbortSignal): Promise<ImportJob | null> {
  return (await request(ImportJobByIdDocument, { id }, signal)).importJob ?? null;
}

/** The import's progress, now and whenever it changes, until it ends. */
export async function* followImport(
  id: string,
  signal: AbortSignal,
): AsyncGenerator<ImportJob, void, undefined> {
  for await (const { importProgress } of subscribe(ImportProgressDocument, { id }, signal))
    yield importProgress;
}

/** The import's errors or warnings by row; the cursor of the next page is the last row of this one. */
export async function loadImportErrors(
  id: string,
  severity: ImportSeverity,
  after: string | null,
  signal?: AbortSignal,
): Promise<Page<ImportError>> {
  const variables = { id, severity, after: after === null ? null : Number(after), first: ERRORS_PAGE };
  const entries = (await request(ImportErrorsPageDocument, variables, signal)).importJob?.errors ?? [];
  const last = entries.at(-1);
  return { entries, next: last && entries.length >= ERRORS_PAGE ? String(last.row) : null, total: null };
}

/** Where the browser can download all errors and warnings as CSV, for a quarter of an hour. */
export async function loadErrorsAddress(id: string): Promise<string | null> {
  return (await request(ImportErrorsLinkDocument, { id })).importJob?.errorsUrl ?? null;
}

export async function cancelImport(id: string): Promise<void> {
  await request(CancelImportDocument, { id });
}

export async function retryImport(id: string): Promise<void> {
  await request(RetryImportDocument, { id });
}

/** Asks for pictures again at their addresses: of these items, or of all. */
export async function refreshImages(itemIds: string[] | null): Promise<ImportJob> {
  return (await request(RefreshImagesDocument, { itemIds })).refreshImages;
}
