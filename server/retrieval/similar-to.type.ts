import { Field, ID, InputType } from 'type-graphql';

/** schema.ts marks it as @oneOf. */
@InputType({ description: 'Exactly one of the two.' })
export class SimilarTo {
  @Field(() => ID, { nullable: true })
  garmentId?: string | null;

  @Field(() => ID, { nullable: true })
  itemId?: string | null;
}
