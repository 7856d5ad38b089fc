import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Item, Money } from '../catalogue/items/item.type.ts';
import { Garment } from '../garments/garment.type.ts';
import { listCost, pageCost } from '../graphql/cost.ts';
import { Colour } from '../vocabulary/colour.ts';
import type { ColourName } from '../vocabulary/taxonomy.ts';
import { MAX_COUNT } from './limits.ts';
import { Look } from './looks/look.type.ts';

export enum OutfitSource {
  SHOP = 'SHOP',
  GENERATED = 'GENERATED',
}
registerEnumType(OutfitSource, {
  name: 'OutfitSource',
  description: 'Where an outfit comes from.',
  valuesConfig: {
    SHOP: { description: "One of the shop's own looks." },
    GENERATED: { description: 'Put together by the compatibility model.' },
  },
});

export enum NoOutfitsReason {
  NO_GARMENT = 'NO_GARMENT',
  NOT_READY = 'NOT_READY',
  NOTHING_FOUND_IN_PHOTO = 'NOTHING_FOUND_IN_PHOTO',
  COMPLETE = 'COMPLETE',
  NO_ITEMS = 'NO_ITEMS',
  NOTHING_GOES = 'NOTHING_GOES',
  OVER_BUDGET = 'OVER_BUDGET',
  FILTER = 'FILTER',
  LOCKED_ITEMS_CLASH = 'LOCKED_ITEMS_CLASH',
}
registerEnumType(NoOutfitsReason, {
  name: 'NoOutfitsReason',
  description: 'Why there are no outfits.',
  valuesConfig: {
    NO_GARMENT: { description: 'The item or garment is of no kind that outfits can be built around.' },
    NOT_READY: {
      description: 'The item has not been parsed yet, or this server has no compatibility model.',
    },
    NOTHING_FOUND_IN_PHOTO: { description: 'No garment was found in the photo.' },
    COMPLETE: { description: 'What is given already fills every slot.' },
    NO_ITEMS: { description: 'The shop has no items in stock for the slots.' },
    NOTHING_GOES: { description: 'Nothing that the shop has goes well enough with what is given.' },
    OVER_BUDGET: { description: 'Every outfit would cost more than the budget.' },
    FILTER: { description: 'No item for the slots passes the filter.' },
    LOCKED_ITEMS_CLASH: {
      description: 'The locked items cannot be worn together, or not with what is given.',
    },
  },
});

export enum NoTotalReason {
  PRICE_MISSING = 'PRICE_MISSING',
  CURRENCIES_DIFFER = 'CURRENCIES_DIFFER',
}
registerEnumType(NoTotalReason, {
  name: 'NoTotalReason',
  description: 'Why an outfit has no total.',
  valuesConfig: {
    PRICE_MISSING: { description: 'An item has no price.' },
    CURRENCIES_DIFFER: { description: 'The prices are in different currencies.' },
  },
});

@ObjectType({ description: 'What fills one slot of an outfit.' })
export class OutfitPiece {
  @Field(() => String, { description: 'Name of the slot, as in `Shop.slots`.' })
  slot!: string;

  @Field(() => Item, { nullable: true, description: 'The item. Null for what the person in a photo wears.' })
  item!: Item | null;

  @Field(() => Garment, {
    nullable: true,
    description: "What the person in the photo wears. Null for items; see the item's `primaryGarment`.",
  })
  garment!: Garment | null;

  @Field(() => Boolean, {
    description: 'Whether it was given: what outfits were asked for, worn in the photo, or a locked item.',
  })
  isGiven!: boolean;
}

@ObjectType({ description: 'How well two pieces of an outfit go together.' })
export class OutfitPair {
  @Field(() => [String], {
    complexity: listCost({ length: 2 }),
    description: 'Names of the two slots.',
  })
  slots!: string[];

  @Field(() => Float, {
    description:
      'Probability, 0 to 1, that the two were worn together, against a random pair of the same categories at even odds.',
  })
  score!: number;

  @Field(() => [Colour], {
    complexity: listCost({ length: 2 }),
    description: 'The two dominant colours, in the order of `slots`. Empty if either is unknown.',
  })
  colours!: ColourName[];

  @Field(() => Float, {
    nullable: true,
    description: 'Cosine similarity of the two patterns, −1 to 1. Null if the model has no such part.',
  })
  patternSimilarity!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'In how many of the street photos that the model learned from the two colours were worn together. Null if unknown.',
  })
  wornTogether!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'In how many of those photos the two categories were worn together. Null if unknown.',
  })
  categoriesWornTogether!: number | null;

  @Field(() => Boolean, { description: 'Whether a look of the shop has both.' })
  isInLook!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of those street photos. Null if unknown.',
  })
  lookCount!: number | null;

  @Field(() => Boolean, { description: 'Whether the two colours were worn together in 2 % of them or more.' })
  isOftenWorn!: boolean;

  @Field(() => Boolean, { description: 'Whether the two patterns are alike.' })
  hasPatternsAlike!: boolean;

  @Field(() => String, { description: 'A short summary in English.' })
  summary!: string;
}

@ObjectType({ description: 'Why the pieces of an outfit go together.' })
export class OutfitReason {
  @Field(() => String, { description: 'A short summary in English.' })
  summary!: string;

  @Field(() => [OutfitPair], {
    complexity: listCost(),
    description: 'The pairs of pieces that the model can compare, best first, at most 10.',
  })
  pairs!: OutfitPair[];
}

@ObjectType({ description: 'Pieces that go together, at most one in each slot.' })
export class Outfit {
  @Field(() => ID, {
    description:
      'Names the pieces of the outfit, so that `outfit` restores it, for example from a shared link.',
  })
  id!: string;

  @Field(() => Float, {
    description:
      'How well the pieces go together, 0 to 1: the mean score of the pairs that the model can compare. 0.5 is a ' +
      'random choice. 1 where there is no such pair, as in an outfit with one piece left: `reason.pairs` is empty then.',
  })
  score!: number;

  @Field(() => OutfitSource, { description: 'Where the outfit comes from.' })
  source!: OutfitSource;

  @Field(() => Look, { nullable: true, description: "The shop's look. Null if the outfit was generated." })
  look!: Look | null;

  @Field(() => [OutfitPiece], {
    complexity: listCost(),
    description: 'Its pieces: outer layer, top, dress, bottom, then the slots of the shop.',
  })
  pieces!: OutfitPiece[];

  @Field(() => Money, {
    nullable: true,
    description: 'Sum of the current prices of its items. Null if there is none; see `noTotal`.',
  })
  total!: Money | null;

  @Field(() => NoTotalReason, { nullable: true, description: 'Why there is no total. Null if there is one.' })
  noTotal!: NoTotalReason | null;

  @Field(() => [String], {
    complexity: listCost(),
    description:
      'Slots whose piece is gone since the outfit was made: no longer sold, hidden by the shop, or in an expired photo.',
  })
  missingSlots!: string[];

  @Field(() => OutfitReason, { description: 'Why the pieces go together.' })
  reason!: OutfitReason;
}

@ObjectType({ description: 'Outfits, best first, or the reason why there are none.' })
export class OutfitList {
  @Field(() => [Outfit], {
    complexity: pageCost(MAX_COUNT),
    description: "The shop's own looks first, then generated ones, best first.",
  })
  outfits!: Outfit[];

  @Field(() => NoOutfitsReason, {
    nullable: true,
    description: 'Why there are none. Null if there are any.',
  })
  emptyReason!: NoOutfitsReason | null;

  @Field(() => String, {
    nullable: true,
    description: 'The reason in English, with what would help. Null if there are outfits.',
  })
  message!: string | null;
}
