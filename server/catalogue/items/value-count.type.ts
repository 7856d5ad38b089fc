import { Field, Int, ObjectType } from 'type-graphql';
import { Availability } from '../../vocabulary/availability.ts';
import { Category } from '../../vocabulary/category.ts';
import { Sleeve } from '../../vocabulary/sleeve.ts';
import type { SleeveName } from '../../vocabulary/taxonomy.ts';

@ObjectType({ description: 'A value and the number of items that have it.' })
export class ValueCount {
  @Field(() => String, { description: 'The value in its most common spelling.' })
  value!: string;

  @Field(() => Int, { description: 'Number of items.' })
  count!: number;
}

@ObjectType({ description: 'A category and the number of items in it.' })
export class CategoryValueCount {
  @Field(() => Category, {
    description: "The feed's category, or the detected one where the feed names none.",
  })
  value!: Category;

  @Field(() => Int, { description: 'Number of items.' })
  count!: number;
}

@ObjectType({ description: 'Sleeves and the number of items that have them.' })
export class SleeveValueCount {
  @Field(() => Sleeve, { description: 'The sleeves.' })
  value!: SleeveName;

  @Field(() => Int, { description: 'Number of items.' })
  count!: number;
}

@ObjectType({ description: 'An availability and the number of items that have it.' })
export class AvailabilityValueCount {
  @Field(() => Availability, { description: 'Availability from the feed.' })
  value!: Availability;

  @Field(() => Int, { description: 'Number of items.' })
  count!: number;
}
