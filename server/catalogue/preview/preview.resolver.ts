import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import { WORK_COST } from '../../graphql/cost.ts';
import { type FileUpload, Upload } from '../../graphql/uploads/upload.ts';
import type { CatalogueContext } from '../context.ts';
import { FeedPreview } from './feed-preview.type.ts';
import { previewAddress, previewUpload } from './preview.ts';

@Resolver()
export class PreviewResolver {
  @Mutation(() => FeedPreview, {
    complexity: WORK_COST,
    description:
      'Shows how the first rows of a feed are understood, and imports nothing. The feed is kept for an hour, so that ' +
      '`importStaged` imports it without another upload. Fails with FEED_UNREADABLE, FETCH_FAILED or FETCH_REFUSED. Requires a merchandiser or admin key.',
  })
  async previewFeed(
    @Arg('feed', () => Upload, {
      nullable: true,
      description: 'The feed, sent as described in the GraphQL multipart request specification.',
    })
    feed: FileUpload | null,
    @Arg('url', () => String, { nullable: true, description: 'Or its address on the public internet.' })
    url: string | null,
    @Ctx() context: CatalogueContext,
  ): Promise<FeedPreview> {
    requireRole(context.viewer, 'merchandiser');
    if (feed && url == null) return previewUpload(context, feed);
    if (url != null && !feed) return previewAddress(context, url);
    throw new InvalidInputError('Give either feed or url.', { field: 'feed' });
  }
}
