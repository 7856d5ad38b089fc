import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { WORK_COST } from '../graphql/cost.ts';
import type { TryOnContext } from './context.ts';
import { tryOn } from './try-on.ts';
import { TryOn } from './try-on.type.ts';

@Resolver(() => TryOn)
export class TryOnResolver {
  @Query(() => TryOn, {
    complexity: WORK_COST,
    description:
      'A preview of an item on a garment in a photo, or the reason why there is none. It is not stored. Errors: NOT_FOUND, ' +
      'NOT_PARSED, BUSY, RATE_LIMITED.',
  })
  tryOn(
    @Arg('garmentId', () => ID, { description: 'A garment of a photo.' }) garmentId: string,
    @Arg('itemId', () => ID, { description: "The item's id in the shop's feed." }) itemId: string,
    @Ctx() context: TryOnContext,
  ): Promise<TryOn> {
    return tryOn(context, garmentId, itemId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Address of the preview (WebP). It can be opened until the photo expires or is deleted. Null if there is none.',
  })
  imageUrl(
    @Root() { pair }: TryOn,
    @Arg('width', () => Int, { nullable: true, description: 'Maximum width in pixels.' }) width:
      | number
      | null,
    @Ctx() { links, shopId }: TryOnContext,
  ): string | null {
    return pair && links.preview(shopId, pair.garmentId, pair.itemGarmentId, width);
  }
}
