import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CountedConnection } from '../../graphql/connection.ts';
import { LONG_TEXT_COST, listCost } from '../../graphql/cost.ts';
import { Node } from '../../graphql/node.ts';
import { DateTime } from '../../graphql/scalars.ts';
import { Availability } from '../../vocabulary/availability.ts';
import { Category } from '../../vocabulary/category.ts';
import { formatMinor } from '../../vocabulary/money.ts';
import { Sleeve } from '../../vocabulary/sleeve.ts';
import type { SleeveName } from '../../vocabulary/taxonomy.ts';
import { LIMITS } from '../limits.ts';
import type { ItemImageRow, ItemRow } from './item.sql.ts';

export enum ItemState {
  PENDING = 'pending',
  READY = 'ready',
  FAILED = 'failed',
}
registerEnumType(ItemState, {
  name: 'ItemState',
  description: 'Whether an item has been parsed.',
  valuesConfig: {
    PENDING: { description: 'Waiting to be parsed.' },
    READY: { description: 'Parsed.' },
    FAILED: { description: 'Its image could not be fetched or parsed.' },
  },
});

@ObjectType({ description: 'An amount of money.' })
export class Money {
  @Field(() => String, { description: 'In major units of the currency, such as "19.90".' })
  amount!: string;

  @Field(() => String, { description: 'ISO 4217 code, such as EUR.' })
  currency!: string;
}

@ObjectType({
  description: 'A further column of the feed, such as `season`, `material` or `custom_label_0`.',
})
export class ItemAttribute {
  @Field(() => String, { description: 'Name of the column, in lower case with _ for spaces.' })
  name!: string;

  @Field(() => String, { description: 'Text from the feed.' })
  value!: string;
}

/** Its other fields are in items.resolver.ts; `similarItems` is in retrieval/. */
@ObjectType({ implements: Node, description: 'Something the shop sells.' })
export class Item {
  @Field(() => ID, { description: "The item's id in the shop's feed." })
  id!: string;

  @Field(() => ID, {
    description: "The item's id in the shop's feed, as arguments named `itemId` take it. The same as `id`.",
  })
  itemId!: string;

  @Field(() => String, { description: 'Title from the feed.' })
  title!: string;

  @Field(() => String, {
    complexity: LONG_TEXT_COST,
    nullable: true,
    description: 'Description from the feed.',
  })
  description!: string | null;

  @Field(() => String, { nullable: true, description: "Address of the item's page in the shop." })
  link!: string | null;

  @Field(() => Money, { nullable: true, description: 'Regular price.' })
  price!: Money | null;

  @Field(() => Money, {
    nullable: true,
    description: 'Price while on sale. Null unless the item is on sale now.',
  })
  salePrice!: Money | null;

  @Field(() => Availability, { description: 'Whether it can be bought.' })
  availability!: Availability;

  @Field(() => String, { nullable: true, description: 'Brand from the feed.' })
  brand!: string | null;

  @Field(() => String, { nullable: true, description: "Colour in the feed's own words." })
  color!: string | null;

  @Field(() => String, { nullable: true, description: 'Size from the feed.' })
  size!: string | null;

  @Field(() => String, { nullable: true, description: 'Whom the item is made for, from the feed.' })
  gender!: string | null;

  @Field(() => String, { nullable: true, description: 'Age group from the feed.' })
  ageGroup!: string | null;

  @Field(() => String, { nullable: true, description: 'Shared by all variants of one product.' })
  itemGroupId!: string | null;

  @Field(() => [ItemAttribute], {
    complexity: listCost({ length: LIMITS.attributes }),
    description: 'Further columns of the feed, by name.',
  })
  attributes!: ItemAttribute[];

  @Field(() => Category, {
    nullable: true,
    description: "Category that filters go by: the feed's, or else that of the primary garment.",
  })
  category!: Category | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Pattern that filters go by: the feed's, or else that of the primary garment where the model is sure. One of the six " +
      "of `Pattern`, in lower case, or the feed's own word.",
  })
  pattern!: string | null;

  @Field(() => Sleeve, {
    nullable: true,
    description: "Sleeves that filters go by: the feed's, or else what the category says.",
  })
  sleeve!: SleeveName | null;

  @Field(() => ItemState, { description: 'Whether the item has been parsed.' })
  state!: ItemState;

  @Field(() => Boolean, { description: "Whether the item is one of the demo's drawings." })
  isDrawn!: boolean;

  @Field(() => DateTime, { description: 'When the item was first imported.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the item last changed.' })
  updatedAt!: Date;

  /** Not in the API: the source of its other fields. */
  row!: ItemRow;

  /** Not in the API: its images in order, if they were read with it. */
  imageRows?: readonly ItemImageRow[] | undefined;
}

export function toItem(row: ItemRow, imageRows?: readonly ItemImageRow[]): Item {
  const { priceMinor, salePriceMinor, currency, attributes, failure: _, shown: __, ...fields } = row;
  return {
    ...fields,
    itemId: row.id,
    row,
    imageRows,
    attributes: Object.entries(attributes)
      .map(([name, value]) => ({ name, value }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    availability: row.availability as Availability,
    state: row.state as ItemState,
    price: toMoney(priceMinor, currency),
    salePrice: toMoney(salePriceMinor, currency),
  };
}

export function toMoney(minor: number | null, currency: string | null): Money | null {
  return minor === null || currency === null ? null : { amount: formatMinor(minor, currency), currency };
}

/** Its other fields are in items.resolver.ts. */
@ObjectType({ description: 'An image of an item.' })
export class ItemImage {
  @Field(() => Int, {
    description: 'Width in pixels of the stored, upright image, which boxes and masks refer to.',
  })
  width!: number;

  @Field(() => Int, { description: 'Height in pixels of the stored, upright image.' })
  height!: number;

  /** Not in the API: identifies the stored image and its garments. */
  row!: ItemImageRow;
}

export const ItemConnection = CountedConnection('Item', () => Item);
export type ItemConnection = InstanceType<typeof ItemConnection>;
