import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../graphql/node.ts';
import { Category } from '../vocabulary/category.ts';
import { Language, type LanguageTag } from '../vocabulary/language.ts';

@ObjectType({ description: 'A category and the number of items in it.' })
export class CategoryCount {
  @Field(() => Category, { description: 'The category.' })
  category!: Category;

  @Field(() => Int, { description: 'Number of items.' })
  count!: number;
}

/** Its further fields are in shops.resolver.ts. */
@ObjectType({ implements: Node, description: 'A shop and its catalogue.' })
export class Shop {
  @Field(() => ID, { description: 'Identifies the shop.' })
  id!: string;

  @Field(() => String, { description: 'Name of the shop.' })
  name!: string;

  @Field(() => String, { description: 'ISO 4217 code, such as EUR.' })
  currency!: string;

  @Field(() => Boolean, { description: 'Whether the shop is the demo: it has no items but the drawn ones.' })
  isDemo!: boolean;

  @Field(() => Language, {
    nullable: true,
    description: "Language of the shoppers' pages. Null: the browser's, if it is one of these, else English.",
  })
  language!: LanguageTag | null;
}

@ObjectType({ description: 'A key that was just made, and its shop.' })
export class NewShopKey {
  @Field(() => Shop, { description: 'The shop that the key is for.' })
  shop!: Shop;

  @Field(() => String, { description: 'The key itself. It is shown only this once.' })
  key!: string;
}

@ObjectType({ description: 'A shop that was just opened.' })
export class NewShop {
  @Field(() => Shop, { description: 'The new shop, which has no items yet.' })
  shop!: Shop;

  @Field(() => String, { description: 'The first admin key of the shop. It is shown only this once.' })
  key!: string;
}
