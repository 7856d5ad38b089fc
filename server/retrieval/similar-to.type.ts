import { Field, ID, InputType } from 'type-graphql';

/** schema.ts marks it as @oneOf. */
@InputType({ description: 'What to search with. Set exactly one of the two.' })
export class SimilarTo {
  @Field(() => ID, { nullable: true, description: 'A garment, such as one in a photo.' })
  garmentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'An item: its primary garment.' })
  itemId?: string | null;
}
