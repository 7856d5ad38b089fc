import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Item } from '../../catalogue/items/item.type.ts';
import { CountedConnection } from '../../graphql/connection.ts';
import { listCost, WHOLE_SHOP_COST } from '../../graphql/cost.ts';

export enum NoOutfitReason {
  NOT_READY = 'NOT_READY',
  NO_GARMENT = 'NO_GARMENT',
  NO_SLOT = 'NO_SLOT',
  OUT_OF_STOCK = 'OUT_OF_STOCK',
  EXCLUDED = 'EXCLUDED',
  IN_NO_LOOK = 'IN_NO_LOOK',
}
registerEnumType(NoOutfitReason, {
  name: 'NoOutfitReason',
  description: 'Why an item is in no outfit or no look. The first that applies counts.',
  valuesConfig: {
    NOT_READY: { description: 'It has not been parsed yet, or it could not be.' },
    NO_GARMENT: { description: 'Nothing in its images can be matched.' },
    NO_SLOT: { description: 'It is in no category, and no slot of the shop names its product type.' },
    OUT_OF_STOCK: { description: 'It is out of stock.' },
    EXCLUDED: { description: 'A merchandising rule excludes it from all searches.' },
    IN_NO_LOOK: { description: 'It can be in outfits, but it is in none of the looks of the shop.' },
  },
});

@ObjectType({ description: 'An item that is in no outfit or no look, with the reason.' })
export class ItemInNoOutfit {
  @Field(() => Item, { description: 'The item.' })
  item!: Item;

  @Field(() => NoOutfitReason, { description: 'The first reason that applies.' })
  why!: NoOutfitReason;

  @Field(() => String, { description: 'The reason in English, with what would help.' })
  message!: string;
}

@ObjectType({ description: 'A reason and the number of items that it applies to.' })
export class NoOutfitCount {
  @Field(() => NoOutfitReason, { description: 'The reason.' })
  why!: NoOutfitReason;

  @Field(() => Int, { description: 'Number of items.' })
  count!: number;
}

@ObjectType('ItemInNoOutfitConnection', { description: 'A page of ItemInNoOutfit nodes.' })
export class ItemInNoOutfitConnection extends CountedConnection('ItemInNoOutfit', () => ItemInNoOutfit) {
  @Field(() => [NoOutfitCount], {
    complexity: listCost({ own: WHOLE_SHOP_COST }),
    description:
      'Number of items for each reason, whatever `why` asks for. Reasons without items are left out.',
  })
  counts!: NoOutfitCount[];
}
