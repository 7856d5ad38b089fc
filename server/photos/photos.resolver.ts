import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { isUuid } from '../db/database.ts';
import type { GarmentContext } from '../garments/context.ts';
import { Box, Garment, toGarment } from '../garments/garment.type.ts';
import { listCost, WORK_COST } from '../graphql/cost.ts';
import { type FileUpload, Upload } from '../graphql/uploads/upload.ts';
import { addRegion } from './add-region.ts';
import { deletePhoto, removeDrawn } from './delete-photo.ts';
import { parsePhoto } from './parse-photo.ts';
import { Photo } from './photo.type.ts';
import { findPhoto } from './photos.sql.ts';

const TOKEN = {
  nullable: true,
  description: "The photo's ownerToken. A merchandiser's key does without (FORBIDDEN for all others).",
} as const;

@Resolver(() => Photo)
export class PhotoResolver {
  @Query(() => Photo, { nullable: true, description: 'Null where there is none, or no more.' })
  async photo(@Arg('id', () => ID) id: string, @Ctx() { db, shopId }: GarmentContext): Promise<Photo | null> {
    return isUuid(id) ? db.inShop(shopId, (tx) => findPhoto(tx, id)) : null;
  }

  @Mutation(() => Photo, {
    complexity: WORK_COST,
    description:
      'Finds every garment in a photo: JPEG, PNG, WebP or AVIF, at most 20 MB and 50 megapixels, AVIF 13. Upload it by ' +
      'the GraphQL multipart request specification. An empty list of garments means that none was found.',
  })
  async parsePhoto(
    @Arg('image', () => Upload) image: FileUpload,
    @Ctx() context: GarmentContext,
  ): Promise<Photo> {
    await context.limiter.check('parse', context.viewer);
    return parsePhoto(context, image);
  }

  @Mutation(() => Boolean, { description: 'At once and for good. False where there is no such photo.' })
  async deletePhoto(
    @Arg('id', () => ID) id: string,
    @Arg('token', () => String, TOKEN) token: string | null,
    @Ctx() context: GarmentContext,
  ): Promise<boolean> {
    return deletePhoto(context, id, token);
  }

  @Mutation(() => Garment, {
    complexity: WORK_COST,
    description:
      'For a garment that the parser missed: a region that somebody drew around it, at least 16 pixels wide and high. ' +
      'The parser looks closer at it; where it finds nothing, the region itself is searched with, without a ' +
      'category. A photo may have at most 20 of them (TOO_MANY_REGIONS).',
  })
  async addRegion(
    @Arg('photoId', () => ID) photoId: string,
    @Arg('box', () => Box) box: Box,
    @Arg('token', () => String, TOKEN) token: string | null,
    @Ctx() context: GarmentContext,
  ): Promise<Garment> {
    return toGarment(await addRegion(context, photoId, box, token));
  }

  @Mutation(() => Boolean, {
    description:
      'Takes back an addRegion. False where there is no such garment, or where the parser found it.',
  })
  async removeGarment(
    @Arg('id', () => ID) id: string,
    @Arg('token', () => String, TOKEN) token: string | null,
    @Ctx() context: GarmentContext,
  ): Promise<boolean> {
    return removeDrawn(context, id, token);
  }

  @FieldResolver(() => String, { description: 'The stored photo (WebP), at most this wide.' })
  imageUrl(
    @Root() { sha256 }: Photo,
    @Arg('width', () => Int, { nullable: true }) width: number | null,
    @Ctx() { links, shopId }: GarmentContext,
  ): string {
    return links.image(shopId, sha256, width);
  }

  @FieldResolver(() => [Garment], { complexity: listCost(), description: 'The surest first.' })
  async garments(@Root() { id }: Photo, @Ctx() { loaders }: GarmentContext): Promise<Garment[]> {
    return (await loaders.garmentsOfPhoto.load(id)).map(toGarment);
  }
}
