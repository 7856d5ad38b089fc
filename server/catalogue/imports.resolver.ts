import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireRole } from '../access/viewer.ts';
import type { Context } from '../context.ts';
import { isUuid } from '../db/database.ts';
import { type FileUpload, Upload } from '../upload.ts';
import { importUpload } from './import.ts';
import { findJob } from './import-job.sql.ts';
import { ImportError, ImportJob, toImportJob } from './import-job.type.ts';
import { listErrorPage } from './list-errors.ts';

@Resolver(() => ImportJob)
export class ImportResolver {
  @Query(() => ImportJob, { nullable: true, description: "Wants a merchandiser's or admin's key." })
  async importJob(
    @Arg('id', () => ID) id: string,
    @Ctx() { db, shopId, viewer }: Context,
  ): Promise<ImportJob | null> {
    requireRole(viewer, 'merchandiser');
    const row = isUuid(id) ? await db.inShop(shopId, (tx) => findJob(tx, id)) : null;
    return row && toImportJob(row);
  }

  @Mutation(() => ImportJob, {
    description:
      "CSV, JSON Lines, or a zip of one with its images. Wants a merchandiser's or admin's key. Answers once the " +
      'feed is safely kept; ask importJob how far it is.',
  })
  async importCatalogue(
    @Arg('feed', () => Upload) feed: Promise<FileUpload>,
    @Ctx() context: Context,
  ): Promise<ImportJob> {
    requireRole(context.viewer, 'merchandiser');
    return toImportJob(await importUpload(context, await feed));
  }

  @FieldResolver(() => [ImportError], {
    description: 'Broken rows and items that failed, by row; `after` is the last row of the page before.',
  })
  async errors(
    @Root() job: ImportJob,
    @Arg('first', () => Int, { defaultValue: 100, description: 'From 1 to 1000.' }) first: number,
    @Arg('after', () => Int, { nullable: true }) after: number | null,
    @Ctx() context: Context,
  ): Promise<ImportError[]> {
    return listErrorPage(context, job.id, first, after);
  }
}
