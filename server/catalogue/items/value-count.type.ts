import { Field, Int, ObjectType } from 'type-graphql';
import { Availability } from '../../vocabulary/availability.ts';
import { Category } from '../../vocabulary/category.ts';

@ObjectType({ description: 'A value, and how many items have it.' })
export class ValueCount {
  @Field(() => String, { description: 'In the commonest spelling.' })
  value!: string;

  @Field(() => Int, { description: 'Number of items.' })
  count!: number;
}

@ObjectType({ description: 'A category, and how many items it has.' })
export class CategoryValueCount {
  @Field(() => Category, { description: "The feed's category where it names one, else the garment's own." })
  value!: Category;

  @Field(() => Int, { description: 'Number of items.' })
  count!: number;
}

@ObjectType({ description: 'Whether items can be bought, and how many of them.' })
export class AvailabilityValueCount {
  @Field(() => Availability, { description: 'As the feed says.' })
  value!: Availability;

  @Field(() => Int, { description: 'Number of items.' })
  count!: number;
}
