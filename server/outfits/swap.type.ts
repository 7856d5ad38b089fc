import { ArgsType, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { ItemFilter } from '../catalogue/items/filter.ts';
import { Item } from '../catalogue/items/item.type.ts';
import { Connection } from '../graphql/connection.ts';
import { Outfit } from './outfit.type.ts';

@ArgsType()
export class SwapArgs {
  @Field(() => ID, { description: '`Outfit.id` of the outfit.' })
  outfit!: string;

  @Field(() => String, {
    description: 'Name of the slot, as in `Shop.slots`. May be one that the outfit leaves empty.',
  })
  slot!: string;

  @Field(() => Int, { defaultValue: 12, description: 'Page size, from 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: '`endCursor` of the previous page.' })
  after?: string | null;

  @Field(() => ItemFilter, {
    nullable: true,
    description: 'Only items that match this filter. Without an availability, only items that can be bought.',
  })
  filter?: ItemFilter | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Highest total of the outfit, in major units of the shop's currency. None are listed if a piece that was not given " +
      'has no price in it.',
  })
  budget?: number | null;
}

@ObjectType({ description: 'Another item for a slot of an outfit.' })
export class Swap {
  @Field(() => Item, { description: 'The item.' })
  item!: Item;

  @Field(() => Outfit, { description: 'The outfit with this item in the slot.' })
  outfit!: Outfit;
}

export const SwapConnection = Connection('Swap', () => Swap);
export type SwapConnection = InstanceType<typeof SwapConnection>;
