import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import { isUuid } from '../../db/database.ts';
import { listCost, pageCost, WORK_COST } from '../../graphql/cost.ts';
import { type FileUpload, Upload } from '../../graphql/uploads/upload.ts';
import type { CatalogueContext } from '../context.ts';
import { ItemInput } from '../items/item.input.ts';
import { removeItems } from '../items/remove-items.ts';
import { cancelImport, retryImport } from './control.ts';
import { followImport } from './follow-import.ts';
import { importUpload } from './import.ts';
import { findJob, type ImportJobRow } from './import-job.sql.ts';
import { FeedMode, ImportError, ImportJob, ImportJobConnection, toImportJob } from './import-job.type.ts';
import { listErrorPage } from './list-errors.ts';
import { listImportPage } from './list-imports.ts';
import { upsertItems } from './upsert-items.ts';

const KEY = "Wants a merchandiser's or admin's key.";

@Resolver(() => ImportJob)
export class ImportResolver {
  @Query(() => ImportJob, { complexity: 50, nullable: true, description: KEY })
  async importJob(
    @Arg('id', () => ID) id: string,
    @Ctx() { db, shopId, viewer }: CatalogueContext,
  ): Promise<ImportJob | null> {
    requireRole(viewer, 'merchandiser');
    const row = isUuid(id) ? await db.inShop(shopId, (tx) => findJob(tx, id)) : null;
    return row && toImportJob(row);
  }

  @Query(() => ImportJobConnection, { complexity: 50, description: `The newest first. ${KEY}` })
  async imports(
    @Arg('first', () => Int, { defaultValue: 20, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | null,
    @Ctx() context: CatalogueContext,
  ): Promise<ImportJobConnection> {
    requireRole(context.viewer, 'merchandiser');
    return listImportPage(context, { first, after });
  }

  @Subscription(() => ImportJob, {
    complexity: 500,
    subscribe: ({ args, context }: { args: { id: string }; context: CatalogueContext }) =>
      followImport(context, args.id),
    description:
      'How an import stands, now and at most once a second when that has changed; ends with the import. Send ' +
      `"Accept: text/event-stream" to be answered by Server-Sent Events. ${KEY}`,
  })
  importProgress(@Arg('id', () => ID) _id: string, @Root() row: ImportJobRow): ImportJob {
    return toImportJob(row);
  }

  @Mutation(() => ImportJob, {
    complexity: WORK_COST,
    description:
      `CSV, JSON Lines, or a zip of one with its images. ${KEY} Answers once the feed is safely kept; ` +
      'importProgress tells how far it is.',
  })
  async importCatalogue(
    @Arg('feed', () => Upload) feed: FileUpload,
    @Arg('mode', () => FeedMode, { defaultValue: FeedMode.UPSERT }) mode: FeedMode,
    @Arg('force', () => Boolean, {
      defaultValue: false,
      description: 'Whether a feed of mode REPLACE may delete more than half of the items that the shop has.',
    })
    force: boolean,
    @Ctx() context: CatalogueContext,
  ): Promise<ImportJob> {
    requireRole(context.viewer, 'merchandiser');
    return toImportJob(await importUpload(context, feed, { mode, force }));
  }

  @Mutation(() => ImportJob, {
    complexity: WORK_COST,
    description: `Makes or changes items, at most 100 at a time, as a feed of their own: broken ones are errors of the job. ${KEY}`,
  })
  async upsertItems(
    @Arg('items', () => [ItemInput]) items: ItemInput[],
    @Ctx() context: CatalogueContext,
  ): Promise<ImportJob> {
    requireRole(context.viewer, 'merchandiser');
    return toImportJob(await upsertItems(context, items));
  }

  @Mutation(() => [ID], {
    complexity: listCost({ own: WORK_COST }),
    description: `Deletes items with their images, at most 1000 at a time; answers with those that there were. ${KEY}`,
  })
  async deleteItems(
    @Arg('ids', () => [ID]) ids: string[],
    @Ctx() context: CatalogueContext,
  ): Promise<string[]> {
    requireRole(context.viewer, 'merchandiser');
    return removeItems(context, ids);
  }

  @Mutation(() => ImportJob, {
    description: `Stops reading the feed and parsing its items; what landed stays. ${KEY}`,
  })
  async cancelImport(@Arg('id', () => ID) id: string, @Ctx() context: CatalogueContext): Promise<ImportJob> {
    requireRole(context.viewer, 'merchandiser');
    return toImportJob(await cancelImport(context, id));
  }

  @Mutation(() => ImportJob, {
    complexity: WORK_COST,
    description:
      'Tries the items of an import again that failed or were cancelled, within a day after it ended. Items that ' +
      `are ready are not parsed again. ${KEY}`,
  })
  async retryImport(@Arg('id', () => ID) id: string, @Ctx() context: CatalogueContext): Promise<ImportJob> {
    requireRole(context.viewer, 'merchandiser');
    return toImportJob(await retryImport(context, id));
  }

  @FieldResolver(() => [ImportError], {
    complexity: pageCost(1000, 20),
    description: 'Broken rows and items that failed, by row; `after` is the last row of the page before.',
  })
  async errors(
    @Root() job: ImportJob,
    @Arg('first', () => Int, { defaultValue: 100, description: 'From 1 to 1000.' }) first: number,
    @Arg('after', () => Int, { nullable: true }) after: number | null,
    @Ctx() context: CatalogueContext,
  ): Promise<ImportError[]> {
    return listErrorPage(context, job.id, first, after);
  }

  @FieldResolver(() => String, {
    description:
      'All errors as CSV, for a browser: the link needs no key and is good for a quarter of an hour.',
  })
  errorsUrl(@Root() { id }: ImportJob, @Ctx() { errorLinks, shopId }: CatalogueContext): string {
    return errorLinks.errorsUrl(shopId, id);
  }
}
