import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { hasRole } from '../../access/viewer.ts';
import { Garment, toGarment } from '../../garments/garment.type.ts';
import { listCost } from '../../graphql/cost.ts';
import type { CatalogueContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { findShownItem } from './find-shown.ts';
import { MAX_VARIANTS } from './item.sql.ts';
import { Item, ItemConnection, ItemImage, toItem } from './item.type.ts';
import { imageUrlOf, withImages } from './item-images.ts';
import { ItemSort } from './item-sort.type.ts';
import { listItemPage } from './list-items.ts';
import { ItemPageArgs } from './page.args.ts';

const FOR_SHOPPERS =
  'Only merchandisers and admins see items that could not be parsed or have no garment to match.';
const WIDTH = { nullable: true, description: 'Maximum width in pixels.' } as const;

@Resolver(() => Item)
export class ItemResolver {
  @Query(() => Item, {
    nullable: true,
    description: `The item with this id, or null if there is none. ${FOR_SHOPPERS}`,
  })
  item(
    @Arg('id', () => ID, { description: "The item's id in the shop's feed." }) id: string,
    @Ctx() context: CatalogueContext,
  ): Promise<Item | null> {
    return findShownItem(context, id);
  }

  @Query(() => ItemConnection, {
    complexity: 50,
    description: `The shop's items. ${FOR_SHOPPERS}`,
  })
  async items(
    @Args(() => ItemPageArgs) page: ItemPageArgs,
    @Arg('sort', () => ItemSort, { defaultValue: ItemSort.NEWEST, description: 'Order of the items.' })
    sort: ItemSort,
    @Ctx() context: CatalogueContext,
  ): Promise<ItemConnection> {
    return listItemPage(context, { ...page, sort });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Why the item could not be parsed, or why searches do not match it. Only merchandisers and admins see ' +
      'it.',
  })
  failure(@Root() { row }: Item, @Ctx() { viewer }: CatalogueContext): string | null {
    return hasRole(viewer, 'merchandiser') ? row.failure : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Address of the first image. Null while the item has none.',
  })
  imageUrl(
    @Root() item: Item,
    @Arg('width', () => Int, WIDTH) width: number | null,
    @Ctx() context: CatalogueContext,
  ): string | null | Promise<string | null> {
    return imageUrlOf(item, { width }, context);
  }

  @FieldResolver(() => [ItemImage], {
    complexity: listCost({ length: LIMITS.imagesPerRow }),
    description: "The item's images, in the feed's order.",
  })
  images(@Root() item: Item, @Ctx() context: CatalogueContext): ItemImage[] | Promise<ItemImage[]> {
    return withImages(item, context, (rows) =>
      rows.map((row) => ({ width: row.width, height: row.height, row })),
    );
  }

  @FieldResolver(() => [Item], {
    complexity: listCost({ length: MAX_VARIANTS }),
    description:
      'The items of the same group that shoppers can see, itself among them, at most 100: its sizes and ' +
      'colours. Empty if it is in no group.',
  })
  async variants(@Root() { itemGroupId }: Item, @Ctx() { loaders }: CatalogueContext): Promise<Item[]> {
    if (itemGroupId === null) return [];
    return (await loaders.variants.load(itemGroupId)).map((row) => toItem(row));
  }

  @FieldResolver(() => Garment, {
    nullable: true,
    description:
      'The garment that searches match against. Null until the item is parsed, and when no garment in its ' +
      'images is for sale.',
  })
  async primaryGarment(@Root() { id }: Item, @Ctx() { loaders }: CatalogueContext): Promise<Garment | null> {
    const row = await loaders.primaryGarment.load(id);
    return row && toGarment(row);
  }
}

@Resolver(() => ItemImage)
export class ItemImageResolver {
  @FieldResolver(() => String, { description: 'Address of the image.' })
  url(
    @Root() { row }: ItemImage,
    @Arg('width', () => Int, WIDTH) width: number | null,
    @Ctx() { links, shopId }: CatalogueContext,
  ): string {
    return links.image(shopId, row.sha256, width);
  }

  @FieldResolver(() => [Garment], {
    complexity: listCost(),
    description: 'Garments found in the image, highest score first.',
  })
  async garments(@Root() { row }: ItemImage, @Ctx() { loaders }: CatalogueContext): Promise<Garment[]> {
    const garments = await loaders.garmentsOfItem.load(row.itemId);
    return garments.filter(({ imagePosition }) => imagePosition === row.position).map(toGarment);
  }
}
