import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Category } from '../vocabulary/category.ts';

@ObjectType()
export class CategoryCount {
  @Field(() => Category)
  category!: Category;

  @Field(() => Int)
  count!: number;
}

/** Its further fields are in shops.resolver.ts. */
@ObjectType()
export class Shop {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'ISO 4217, such as EUR.' })
  currency!: string;

  @Field(() => Boolean, { description: 'Its items are drawings, to try Armoire with.' })
  isDemo!: boolean;
}

@ObjectType({ description: 'A key that was just made, and its shop.' })
export class NewShopKey {
  @Field(() => Shop, { description: 'The shop that the key is for.' })
  shop!: Shop;

  @Field(() => String, { description: 'The key itself: shown this once, and never again.' })
  key!: string;
}

@ObjectType({ description: 'A shop that was just opened.' })
export class NewShop {
  @Field(() => Shop, { description: 'It has no items yet.' })
  shop!: Shop;

  @Field(() => String, { description: "The shop's first admin key: shown this once, and never again." })
  key!: string;
}
