import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { isUuid } from '../db/database.ts';
import type { GarmentContext } from '../garments/context.ts';
import { Box, Garment, toGarment } from '../garments/garment.type.ts';
import { listCost, WORK_COST } from '../graphql/cost.ts';
import { type FileUpload, Upload } from '../graphql/uploads/upload.ts';
import { addRegion } from './add-region.ts';
import type { PhotoContext } from './context.ts';
import { deletePhoto, removeDrawn } from './delete-photo.ts';
import { parsePhoto, parsePhotoAt } from './parse-photo.ts';
import { Photo } from './photo.type.ts';
import { Point } from './point.input.ts';

const TOKEN = {
  nullable: true,
  description:
    'The `ownerToken` of the photo. Not needed with a merchandiser or admin key; FORBIDDEN without either.',
} as const;

@Resolver(() => Photo)
export class PhotoResolver {
  @Query(() => Photo, {
    nullable: true,
    description: 'The photo with this id. Null if there is none, or if it has expired.',
  })
  async photo(
    @Arg('id', () => ID, { description: 'Id of the photo.' }) id: string,
    @Ctx() { loaders }: PhotoContext,
  ): Promise<Photo | null> {
    return isUuid(id) ? loaders.photo.load(id.toLowerCase()) : null;
  }

  @Mutation(() => Photo, {
    complexity: WORK_COST,
    description:
      'Finds every garment in a photo. Takes JPEG, PNG, WebP, GIF (its first frame), AVIF and HEIC up to 20 MB ' +
      'and 50 megapixels (AVIF, and HEIC without tiles: 13), sent as described in the GraphQL multipart request specification. The list of garments is empty ' +
      'if none is found. Errors: NOT_AN_IMAGE, IMAGE_TRUNCATED, IMAGE_TOO_LARGE, IMAGE_FORMAT_UNSUPPORTED, ' +
      'BUSY, RATE_LIMITED.',
  })
  async parsePhoto(
    @Arg('image', () => Upload, { description: 'The photo.' }) image: FileUpload,
    @Ctx() context: PhotoContext,
  ): Promise<Photo> {
    await context.limiter.check('parse', context.viewer);
    return parsePhoto(context, image);
  }

  @Mutation(() => Photo, {
    complexity: WORK_COST,
    description:
      'Like `parsePhoto`, with the picture behind a public http(s) address, which is fetched within 20 s and ' +
      'not kept. Further errors: INVALID_INPUT for what is no address, FETCH_REFUSED for an address that is ' +
      'not on the public internet, FETCH_FAILED.',
  })
  async parsePhotoAt(
    @Arg('url', () => String, { description: 'Address of the picture itself, not of a page that shows it.' })
    url: string,
    @Ctx() context: PhotoContext,
  ): Promise<Photo> {
    await context.limiter.check('parse', context.viewer);
    return parsePhotoAt(context, url);
  }

  @Mutation(() => Boolean, {
    description:
      'Deletes a photo with its garments and files, at once and for good. Returns false if there is no such ' +
      'photo.',
  })
  async deletePhoto(
    @Arg('id', () => ID, { description: 'Id of the photo.' }) id: string,
    @Arg('token', () => String, TOKEN) token: string | null,
    @Ctx() context: GarmentContext,
  ): Promise<boolean> {
    return deletePhoto(context, id, token);
  }

  @Mutation(() => Garment, {
    complexity: WORK_COST,
    description:
      'Adds a garment that the parser missed, by a box or an outline drawn around it. The parser looks at the ' +
      'place more closely; if it finds nothing, the area itself becomes a garment without a category. An outline ' +
      'is what the garment is cut out by. A photo takes at most 20 drawn garments (TOO_MANY_REGIONS).',
  })
  async addRegion(
    @Arg('photoId', () => ID, { description: 'Id of the photo.' }) photoId: string,
    @Arg('box', () => Box, {
      nullable: true,
      description: 'At least 16 pixels wide and high, within the photo. Left out where there is an outline.',
    })
    box: Box | null,
    @Arg('outline', () => [Point], {
      nullable: true,
      description: 'The corners of a closed polygon in place of a box, 3 to 200, in their order along it.',
    })
    outline: Point[] | null,
    @Arg('token', () => String, TOKEN) token: string | null,
    @Ctx() context: GarmentContext,
  ): Promise<Garment> {
    return toGarment(await addRegion(context, photoId, { box, outline }, token));
  }

  @Mutation(() => Boolean, {
    description:
      'Removes a garment that was added with `addRegion`. Returns false if there is no such garment, or if ' +
      'the parser found it.',
  })
  async removeGarment(
    @Arg('id', () => ID, { description: 'Id of the garment.' }) id: string,
    @Arg('token', () => String, TOKEN) token: string | null,
    @Ctx() context: GarmentContext,
  ): Promise<boolean> {
    return removeDrawn(context, id, token);
  }

  @FieldResolver(() => String, { description: 'Address of the stored photo (WebP).' })
  imageUrl(
    @Root() { sha256 }: Photo,
    @Arg('width', () => Int, { nullable: true, description: 'Maximum width in pixels.' }) width:
      | number
      | null,
    @Ctx() { links, shopId }: GarmentContext,
  ): string {
    return links.image(shopId, sha256, width);
  }

  @FieldResolver(() => [Garment], {
    complexity: listCost(),
    description: 'Garments found in the photo, highest score first.',
  })
  async garments(@Root() { id }: Photo, @Ctx() { loaders }: GarmentContext): Promise<Garment[]> {
    return (await loaders.garmentsOfPhoto.load(id)).map(toGarment);
  }
}
