import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CountedConnection } from '../../graphql/connection.ts';
import { listCost } from '../../graphql/cost.ts';
import { DateTime } from '../../graphql/scalars.ts';
import { Availability } from '../../vocabulary/availability.ts';
import { formatMinor } from '../../vocabulary/money.ts';
import type { ItemImageRow, ItemRow } from './item.sql.ts';

export enum ItemState {
  PENDING = 'pending',
  READY = 'ready',
  FAILED = 'failed',
}
registerEnumType(ItemState, {
  name: 'ItemState',
  valuesConfig: { PENDING: { description: 'Waiting to be parsed.' } },
});

@ObjectType()
export class Money {
  @Field(() => String, { description: 'In major units, such as 19.90.' })
  amount!: string;

  @Field(() => String, { description: 'ISO 4217, such as EUR.' })
  currency!: string;
}

@ObjectType({ description: "A column of the shop's feed that is none of Google Merchant's." })
export class ItemAttribute {
  @Field(() => String, { description: 'In lower case, with _ for spaces.' })
  name!: string;

  @Field(() => String, { description: "The feed's own text." })
  value!: string;
}

/** Its further fields are in items.resolver.ts; `similarItems` is in retrieval/. */
@ObjectType({ description: 'What the shop sells.' })
export class Item {
  @Field(() => ID, { description: "The feed's own id." })
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => String, { nullable: true, description: "The item's page in the shop." })
  link!: string | null;

  @Field(() => Money, { nullable: true })
  price!: Money | null;

  @Field(() => Money, { nullable: true })
  salePrice!: Money | null;

  @Field(() => Availability)
  availability!: Availability;

  @Field(() => String, { nullable: true })
  brand!: string | null;

  @Field(() => String, { nullable: true })
  color!: string | null;

  @Field(() => String, { nullable: true })
  size!: string | null;

  @Field(() => String, { nullable: true })
  gender!: string | null;

  @Field(() => String, { nullable: true })
  ageGroup!: string | null;

  @Field(() => String, { nullable: true })
  itemGroupId!: string | null;

  @Field(() => [ItemAttribute], {
    complexity: listCost(),
    description: "What else the shop's feed says of it, by name.",
  })
  attributes!: ItemAttribute[];

  @Field(() => ItemState)
  state!: ItemState;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;

  /** Not of the API: what its other fields are made from. */
  row!: ItemRow;

  /** Not of the API: its images in their order, where they were read with it. */
  imageRows?: readonly ItemImageRow[] | undefined;
}

export function toItem(row: ItemRow, imageRows?: readonly ItemImageRow[]): Item {
  const { priceMinor, salePriceMinor, currency, attributes, failure: _, shown: __, ...fields } = row;
  return {
    ...fields,
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

function toMoney(minor: number | null, currency: string | null): Money | null {
  return minor === null || currency === null ? null : { amount: formatMinor(minor, currency), currency };
}

/** Its further fields are in items.resolver.ts. */
@ObjectType()
export class ItemImage {
  @Field(() => Int, {
    description: 'In pixels of the stored, upright image, to which boxes and masks refer.',
  })
  width!: number;

  @Field(() => Int)
  height!: number;

  /** Not of the API: names the stored image and its garments. */
  row!: ItemImageRow;
}

export const ItemConnection = CountedConnection('Item', () => Item);
export type ItemConnection = InstanceType<typeof ItemConnection>;
