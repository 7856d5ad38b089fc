import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { isUuid } from '../../db/database.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import { type FileUpload, receiveFile } from '../../graphql/uploads/upload.ts';
import { nameText } from '../../vocabulary/visible.ts';
import type { CatalogueContext, CatalogueServices } from '../context.ts';
import { putPreviewBack, takePreview } from '../staging/previews.ts';
import { feedTooLarge, type Source, stageSource, stageUpload } from '../staging/staging.ts';
import { getJob } from './control.ts';
import { type FeedModeName, findJob, type ImportJobRow, insertJob } from './import-job.sql.ts';

export type FeedSource =
  | { readonly kind: 'upload'; readonly stream: Readable }
  /** On the server's own disk, never from a client, and not in a store that is shared. Paths are absolute. */
  | Source;

export interface ImportOptions {
  readonly mode?: FeedModeName | undefined;
  /** Whether a replacing feed may delete more than half of the shop. */
  readonly force?: boolean | undefined;
}

const NAME_LENGTH = 200;

const nameOf = (name: string) => nameText(name.slice(0, NAME_LENGTH)) || 'feed';

/**
 * Accepts a feed and returns the id of its running job. After this, a kill loses nothing: the feed is stored, the job
 * in the database, and a worker resumes it. Throws InvalidInputError.
 */
export async function importFeed(
  services: Pick<CatalogueServices, 'config' | 'db' | 'queue' | 'store'>,
  shopId: string,
  feed: { readonly name: string; readonly source: FeedSource } & ImportOptions,
  id: string = randomUUID(),
): Promise<string> {
  const { config, db, queue, store } = services;
  if (feed.source.kind === 'upload') {
    await stageUpload(store, id, feed.source.stream, config.limits.feedBytes);
  } else {
    await stageSource(store, id, feed.source);
  }
  const { mode, force } = feed;
  await db.inShop(shopId, (tx) => insertJob(tx, { shopId, id, name: nameOf(feed.name), mode, force }));
  await queue.feeds.send([{ shopId, jobId: id, attempt: 1 }]);
  return id;
}

const JOB_TRIES = 5;
const JOB_PAUSE_MS = 200;

/** Starts the job of a feed that was looked at before. Throws InvalidInputError PREVIEW_EXPIRED. */
export async function importStaged(
  context: CatalogueContext,
  token: string,
  { mode, force }: ImportOptions,
): Promise<ImportJobRow> {
  const { db, queue, store, shopId } = context;
  const id = token.toLowerCase();
  const name = await takePreview(store, shopId, id);
  if (name === null) {
    // Sent twice, as by a double press or a broken connection: the first request may still be making the job.
    for (let tries = 0; isUuid(id) && tries < JOB_TRIES; tries++) {
      const job = await db.inShop(shopId, (tx) => findJob(tx, id));
      if (job) return job;
      await pause(JOB_PAUSE_MS);
    }
    throw new InvalidInputError('This preview has expired. Choose the feed again.', {
      code: 'PREVIEW_EXPIRED',
      field: 'token',
    });
  }
  await db
    .inShop(shopId, (tx) => insertJob(tx, { shopId, id, name: nameOf(name), mode, force }))
    .catch(async (error: unknown) => {
      await putPreviewBack(store, shopId, id, name);
      throw error;
    });
  await queue.feeds.send([{ shopId, jobId: id, attempt: 1 }]);
  return getJob(context, id);
}

/** Stages a client's feed and starts its job. Throws InvalidInputError if the feed is too large or truncated. */
export async function importUpload(
  context: CatalogueContext,
  upload: FileUpload,
  options: ImportOptions = {},
): Promise<ImportJobRow> {
  const { config, db, shopId } = context;
  const limit = config.limits.feedBytes;
  const file = await receiveFile(upload, limit, () => feedTooLarge(limit));
  const stream = file.createReadStream();
  const feed = { name: file.filename, source: { kind: 'upload', stream }, ...options } as const;
  const id = await importFeed(context, shopId, feed);
  const job = await db.inShop(shopId, (tx) => findJob(tx, id));
  if (!job) throw new InvalidInputError('The import was removed while it was starting.');
  return job;
}
