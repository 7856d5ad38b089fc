import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import { WORK_COST } from '../../graphql/cost.ts';
import { type FileUpload, Upload } from '../../graphql/uploads/upload.ts';
import type { CatalogueContext } from '../context.ts';
import { FeedPreview } from './feed-preview.type.ts';
import { previewUpload } from './preview.ts';

@Resolver()
export class PreviewResolver {
  @Mutation(() => FeedPreview, {
    complexity: WORK_COST,
    description:
      'Shows how the first rows of a feed are understood, and imports nothing. The feed is kept for an hour, so that ' +
      '`importStaged` imports it without another upload. Fails with FEED_UNREADABLE. Requires a merchandiser or admin key.',
  })
  async previewFeed(
    @Arg('feed', () => Upload, {
      description: 'The feed, sent as described in the GraphQL multipart request specification.',
    })
    feed: FileUpload,
    @Ctx() context: CatalogueContext,
  ): Promise<FeedPreview> {
    requireRole(context.viewer, 'merchandiser');
    return previewUpload(context, feed);
  }
}
