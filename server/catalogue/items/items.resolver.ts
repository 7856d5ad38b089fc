import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { Garment, toGarment } from '../../garments/garment.type.ts';
import type { CatalogueContext } from '../context.ts';
import { Item, ItemConnection, ItemImage, toItem } from './item.type.ts';
import { imageUrlOf, withImages } from './item-images.ts';
import { listItemPage } from './list-items.ts';
import { ItemPageArgs } from './page.args.ts';

const WIDTH = { nullable: true, description: 'At most this wide, in pixels.' } as const;

@Resolver(() => Item)
export class ItemResolver {
  @Query(() => Item, { nullable: true, description: 'Null where there is none.' })
  async item(@Arg('id', () => ID) id: string, @Ctx() { loaders }: CatalogueContext): Promise<Item | null> {
    const row = await loaders.item.load(id);
    return row && toItem(row);
  }

  @Query(() => ItemConnection, { description: 'The newest first.' })
  async items(
    @Args(() => ItemPageArgs) page: ItemPageArgs,
    @Ctx() context: CatalogueContext,
  ): Promise<ItemConnection> {
    return listItemPage(context, page);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The first image; null while the item has none.',
  })
  imageUrl(
    @Root() item: Item,
    @Arg('width', () => Int, WIDTH) width: number | null,
    @Ctx() context: CatalogueContext,
  ): string | null | Promise<string | null> {
    return imageUrlOf(item, { width }, context);
  }

  @FieldResolver(() => [ItemImage])
  images(@Root() item: Item, @Ctx() context: CatalogueContext): ItemImage[] | Promise<ItemImage[]> {
    return withImages(item, context, (rows) =>
      rows.map((row) => ({ width: row.width, height: row.height, row })),
    );
  }

  @FieldResolver(() => Garment, {
    nullable: true,
    description:
      'The garment that searches match against; null until the item is parsed, and where none is for sale.',
  })
  async primaryGarment(@Root() { id }: Item, @Ctx() { loaders }: CatalogueContext): Promise<Garment | null> {
    const row = await loaders.primaryGarment.load(id);
    return row && toGarment(row);
  }
}

@Resolver(() => ItemImage)
export class ItemImageResolver {
  @FieldResolver(() => String)
  url(
    @Root() { row }: ItemImage,
    @Arg('width', () => Int, WIDTH) width: number | null,
    @Ctx() { links, shopId }: CatalogueContext,
  ): string {
    return links.image(shopId, row.sha256, width);
  }

  @FieldResolver(() => [Garment], { description: 'The surest first.' })
  async garments(@Root() { row }: ItemImage, @Ctx() { loaders }: CatalogueContext): Promise<Garment[]> {
    const garments = await loaders.garmentsOfItem.load(row.itemId);
    return garments.filter(({ imagePosition }) => imagePosition === row.position).map(toGarment);
  }
}
