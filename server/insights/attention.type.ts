import { Field, Float, ObjectType } from 'type-graphql';

/** Its fields `failedItems` and `unmatchedItems` are in attention.resolver.ts. */
@ObjectType({ description: "What the shop's staff should look at." })
export class Attention {
  @Field(() => Float, {
    description:
      "Searches with a shopper's garment in the last seven days that found nothing, or nothing close.",
  })
  missedSearches!: number;
}
