import { Arg, Ctx, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import { LONG_TEXT_COST } from '../graphql/cost.ts';
import { rleToPath } from '../vision/masks/masks.ts';
import type { GarmentContext } from './context.ts';
import { Garment, MaskFormat } from './garment.type.ts';
import { measureInTurn } from './measure.ts';

const outlineOf = measureInTurn(({ mask, width, height }) => rleToPath(mask, width, height));

@Resolver(() => Garment)
export class GarmentResolver {
  @FieldResolver(() => String, { complexity: LONG_TEXT_COST, description: 'Outline of the garment.' })
  mask(
    @Root() { row }: Garment,
    @Arg('format', () => MaskFormat, { defaultValue: MaskFormat.PATH, description: 'Encoding of the mask.' })
    format: MaskFormat,
    @Ctx() { viewer }: GarmentContext,
  ): string | Promise<string> {
    return format === MaskFormat.RLE ? row.mask : outlineOf(row, viewer.client);
  }

  @FieldResolver(() => Float, { description: 'Share of the image that the mask covers, 0 to 1.' })
  coverage(@Root() { row }: Garment): number {
    return Math.min(1, row.area / (row.width * row.height));
  }

  @FieldResolver(() => String, {
    description: 'Address of the garment cut out by its mask, on a transparent background (WebP).',
  })
  cropUrl(
    @Root() { row }: Garment,
    @Arg('width', () => Int, { nullable: true, description: 'Maximum width in pixels.' }) width:
      | number
      | null,
    @Ctx() { links, shopId }: GarmentContext,
  ): string {
    return links.crop(shopId, row.id, width);
  }
}
