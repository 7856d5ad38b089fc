import { Field, ID, InputType } from 'type-graphql';

/** schema.ts marks it as @oneOf. */
@InputType({ description: 'What outfits should be built around. Set exactly one.' })
export class OutfitsTo {
  @Field(() => ID, { nullable: true, description: 'A garment, such as one in a photo.' })
  garmentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'An item: its primary garment.' })
  itemId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'A photo: what the person wears is kept, one garment in each slot, and the rest is completed.',
  })
  photoId?: string | null;
}
