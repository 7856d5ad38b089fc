import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Category } from '../../vocabulary/category.ts';

@InputType({ description: 'An item, and what it is.' })
export class ItemCategoryInput {
  @Field(() => ID, { description: 'Id of the item.' })
  itemId!: string;

  @Field(() => Category, {
    nullable: true,
    description:
      'Its category. Omit it to leave the category, and whether the item is matched, to feed and parser.',
  })
  category?: Category | null;
}

@ObjectType({ description: 'What became of an item whose category was set.' })
export class CategorizedItem {
  @Field(() => ID, { description: 'Id of the item.' })
  itemId!: string;

  @Field(() => Category, {
    nullable: true,
    description: 'The category set by hand before, to undo this with. Null if there was none.',
  })
  before!: Category | null;

  @Field(() => String, { nullable: true, description: 'Why nothing was changed. Null if it was.' })
  problem!: string | null;
}
