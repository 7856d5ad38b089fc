import { Arg, Ctx, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import { rleToPath } from '../vision/masks/masks.ts';
import type { GarmentContext } from './context.ts';
import { Garment, MaskFormat } from './garment.type.ts';

@Resolver(() => Garment)
export class GarmentResolver {
  @FieldResolver(() => String)
  mask(
    @Root() { row }: Garment,
    @Arg('format', () => MaskFormat, { defaultValue: MaskFormat.PATH }) format: MaskFormat,
  ): string {
    if (format === MaskFormat.RLE) return row.mask;
    return rleToPath(row.mask, row.width, row.height);
  }

  @FieldResolver(() => Float, { description: 'Share of the image that the mask covers, 0 to 1.' })
  coverage(@Root() { row }: Garment): number {
    return Math.min(1, row.area / (row.width * row.height));
  }

  @FieldResolver(() => String, {
    description: 'The garment cut out by its mask on a transparent ground (WebP), at most this wide.',
  })
  cropUrl(
    @Root() { row }: Garment,
    @Arg('width', () => Int, { nullable: true }) width: number | null,
    @Ctx() { links, shopId }: GarmentContext,
  ): string {
    return links.crop(shopId, row.id, width);
  }
}
