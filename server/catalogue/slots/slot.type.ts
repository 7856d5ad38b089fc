import { Field, InputType, ObjectType } from 'type-graphql';
import { listCost } from '../../graphql/cost.ts';
import { Category } from '../../vocabulary/category.ts';

/** `itemCount` is in slots.resolver.ts. */
@ObjectType({ description: 'A place in an outfit, such as top or shoes.' })
export class Slot {
  @Field(() => String, { description: 'Name for programs, such as "shoes".' })
  name!: string;

  @Field(() => String, { description: 'Name for people, such as "Shoes".' })
  label!: string;

  @Field(() => [Category], {
    complexity: listCost(),
    description: 'The categories whose garments are in the slot. Empty for a slot of the shop.',
  })
  categories!: Category[];

  @Field(() => [String], {
    complexity: listCost(),
    description: "The shop's category words that put an item into the slot. Empty for a built-in slot.",
  })
  productTypes!: string[];

  @Field(() => Boolean, { description: 'Whether every shop has the slot.' })
  isBuiltIn!: boolean;
}

@InputType({ description: 'A complete slot of the shop.' })
export class SlotInput {
  @Field(() => String, {
    description:
      'Identifies the slot: 1 to 30 characters of a to z, 0 to 9, - and _. Saving a slot that exists replaces it. The ' +
      'names of the built-in slots are taken.',
  })
  name!: string;

  @Field(() => String, { description: 'Name for people, at most 60 characters.' })
  label!: string;

  @Field(() => [String], {
    description:
      'From 1 to 50 words or phrases of at most 100 characters, such as "Shoes". An item is in the slot if its ' +
      '`product_type` or `google_product_category` contains one of them as whole words, in upper or lower case.',
  })
  productTypes!: string[];
}
