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
import { importStaged, importUpload } from './import.ts';
import { findJob, type ImportJobRow } from './import-job.sql.ts';
import {
  FeedMode,
  ImportError,
  ImportJob,
  ImportJobConnection,
  ImportSeverity,
  toImportError,
  toImportJob,
} from './import-job.type.ts';
import { listErrorPage } from './list-errors.ts';
import { listImportPage } from './list-imports.ts';
import { refreshImages } from './refresh-images.ts';
import { removeDrawnItems } from './remove-drawn.ts';
import { upsertItems } from './upsert-items.ts';

const KEY = 'Requires a merchandiser or admin key.';
const ID_OF_JOB = { description: 'Id of the import.' };

@Resolver(() => ImportJob)
export class ImportResolver {
  @Query(() => ImportJob, {
    complexity: 50,
    nullable: true,
    description: `The import with this id, or null if there is none. ${KEY}`,
  })
  async importJob(
    @Arg('id', () => ID, ID_OF_JOB) id: string,
    @Ctx() { db, shopId, viewer }: CatalogueContext,
  ): Promise<ImportJob | null> {
    requireRole(viewer, 'merchandiser');
    const row = isUuid(id) ? await db.inShop(shopId, (tx) => findJob(tx, id)) : null;
    return row && toImportJob(row);
  }

  @Query(() => ImportJobConnection, {
    complexity: 50,
    description: `The imports of the shop, newest first. The newest 100 are kept, others for a week after their end. ${KEY}`,
  })
  async imports(
    @Arg('first', () => Int, { defaultValue: 20, description: 'Page size, from 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the previous page.' })
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
      'Progress of an import: its state now, then at most one update a second when something changes, until ' +
      `the import ends. Send "Accept: text/event-stream" to receive server-sent events. ${KEY}`,
  })
  importProgress(@Arg('id', () => ID, ID_OF_JOB) _id: string, @Root() row: ImportJobRow): ImportJob {
    return toImportJob(row);
  }

  @Mutation(() => ImportJob, {
    complexity: WORK_COST,
    description:
      'Imports a feed: CSV, XML, JSON, an Excel or OpenDocument sheet, any of them compressed with gzip, or a zip file ' +
      'with one of them and its images. Returns once the ' +
      `feed is safely stored; follow \`importProgress\` from there. ${KEY}`,
  })
  async importCatalogue(
    @Arg('feed', () => Upload, {
      description: 'The feed, sent as described in the GraphQL multipart request specification.',
    })
    feed: FileUpload,
    @Arg('mode', () => FeedMode, {
      defaultValue: FeedMode.UPSERT,
      description: "What the feed does to the shop's other items.",
    })
    mode: FeedMode,
    @Arg('force', () => Boolean, {
      defaultValue: false,
      description: "Let a REPLACE feed delete more than half of the shop's items.",
    })
    force: boolean,
    @Ctx() context: CatalogueContext,
  ): Promise<ImportJob> {
    requireRole(context.viewer, 'merchandiser');
    return toImportJob(await importUpload(context, feed, { mode, force }));
  }

  @Mutation(() => ImportJob, {
    complexity: WORK_COST,
    description: `Imports a feed that \`previewFeed\` has shown, like \`importCatalogue\`. Fails with PREVIEW_EXPIRED. ${KEY}`,
  })
  async importStaged(
    @Arg('token', () => ID, { description: '`FeedPreview.token`.' }) token: string,
    @Arg('mode', () => FeedMode, {
      defaultValue: FeedMode.UPSERT,
      description: "What the feed does to the shop's other items.",
    })
    mode: FeedMode,
    @Arg('force', () => Boolean, {
      defaultValue: false,
      description: "Let a REPLACE feed delete more than half of the shop's items.",
    })
    force: boolean,
    @Ctx() context: CatalogueContext,
  ): Promise<ImportJob> {
    requireRole(context.viewer, 'merchandiser');
    return toImportJob(await importStaged(context, token, { mode, force }));
  }

  @Mutation(() => ImportJob, {
    complexity: WORK_COST,
    description:
      'Creates or updates up to 100 items, as an import of their own. Items that cannot be used become ' +
      `errors of that import. ${KEY}`,
  })
  async upsertItems(
    @Arg('items', () => [ItemInput], { description: 'From 1 to 100 items.' }) items: ItemInput[],
    @Ctx() context: CatalogueContext,
  ): Promise<ImportJob> {
    requireRole(context.viewer, 'merchandiser');
    return toImportJob(await upsertItems(context, items));
  }

  @Mutation(() => [ID], {
    complexity: listCost({ own: WORK_COST }),
    description: `Deletes up to 1,000 items with their images. Returns the ids of the items that existed. ${KEY}`,
  })
  async deleteItems(
    @Arg('ids', () => [ID], { description: 'From 1 to 1,000 item ids.' }) ids: string[],
    @Arg('keep', () => Boolean, {
      defaultValue: false,
      description: 'Keep what is deleted for an hour, so that `restoreItems` can bring it back.',
    })
    keep: boolean,
    @Ctx() context: CatalogueContext,
  ): Promise<string[]> {
    requireRole(context.viewer, 'merchandiser');
    return removeItems(context, ids, { keep });
  }

  @Mutation(() => Int, {
    complexity: WORK_COST,
    description:
      "Deletes the demo's drawn items with their images. The shop is no longer the demo from then on. Returns " +
      `how many were deleted. ${KEY}`,
  })
  removeDrawnItems(@Ctx() context: CatalogueContext): Promise<number> {
    requireRole(context.viewer, 'merchandiser');
    return removeDrawnItems(context);
  }

  @Mutation(() => ImportJob, {
    description: `Stops reading the feed and parsing its items. Items already imported stay. ${KEY}`,
  })
  async cancelImport(
    @Arg('id', () => ID, ID_OF_JOB) id: string,
    @Ctx() context: CatalogueContext,
  ): Promise<ImportJob> {
    requireRole(context.viewer, 'merchandiser');
    return toImportJob(await cancelImport(context, id));
  }

  @Mutation(() => ImportJob, {
    complexity: WORK_COST,
    description:
      'Retries the failed and cancelled items of an import, within a day of its end. Items that are ready ' +
      `are not parsed again. Fails with FEED_GONE or IMPORT_RUNNING. ${KEY}`,
  })
  async retryImport(
    @Arg('id', () => ID, ID_OF_JOB) id: string,
    @Ctx() context: CatalogueContext,
  ): Promise<ImportJob> {
    requireRole(context.viewer, 'merchandiser');
    return toImportJob(await retryImport(context, id));
  }

  @Mutation(() => ImportJob, {
    complexity: WORK_COST,
    description:
      'Asks for pictures again at their addresses, as an import of kind IMAGES. Those that have changed are parsed ' +
      'again; one that is gone leaves the item its old picture and is listed as a warning. Importing a feed does the ' +
      `same for pictures that were last asked for more than a day ago. ${KEY}`,
  })
  async refreshImages(
    @Arg('itemIds', () => [ID], {
      nullable: true,
      description:
        'From 1 to 1,000 items, of which those that the shop does not have are listed as errors; null for all items of ' +
        'the shop, of which there is one import at a time.',
    })
    itemIds: string[] | null,
    @Ctx() context: CatalogueContext,
  ): Promise<ImportJob> {
    requireRole(context.viewer, 'merchandiser');
    return toImportJob(await refreshImages(context, itemIds ?? null));
  }

  @FieldResolver(() => [ImportError], {
    complexity: pageCost(1000, 20),
    description:
      'Rows and items that could not be imported, and values left out of those that were, by row number.',
  })
  async errors(
    @Root() job: ImportJob,
    @Arg('first', () => Int, {
      defaultValue: 100,
      description: 'Page size, from 1 to 1,000. The page also has the other entries of its last row.',
    })
    first: number,
    @Arg('after', () => Int, {
      nullable: true,
      description: 'Row number of the last entry on the previous page.',
    })
    after: number | null,
    @Arg('severity', () => ImportSeverity, {
      nullable: true,
      description: 'Only errors or only warnings. Omit it for both.',
    })
    severity: ImportSeverity | null,
    @Ctx() context: CatalogueContext,
  ): Promise<ImportError[]> {
    const rows = await listErrorPage(context, { jobId: job.id, first, after, severity });
    return rows.map(toImportError);
  }

  @FieldResolver(() => String, {
    description:
      'Address of all errors and warnings as a CSV file. The link needs no key and works for 15 minutes.',
  })
  errorsUrl(@Root() { id }: ImportJob, @Ctx() { errorLinks, shopId }: CatalogueContext): string {
    return errorLinks.errorsUrl(shopId, id);
  }
}
