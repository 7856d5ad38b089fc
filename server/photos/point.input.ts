import { Field, Float, InputType } from 'type-graphql';

/** Called PointInput in the API. */
@InputType('PointInput', {
  description: 'A point in pixels of the upright image. The origin is the top left corner.',
})
export class Point {
  @Field(() => Float, { description: 'From the left.' })
  x!: number;

  @Field(() => Float, { description: 'From the top.' })
  y!: number;
}
