import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../graphql/scalars.ts';

/** Its further fields are in photos.resolver.ts. */
@ObjectType({
  description:
    "A shopper's photo. Whoever knows its id may see it until it expires; its uploader alone may change it.",
})
export class Photo {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, {
    description: 'In pixels of the stored, upright photo, to which boxes and masks refer.',
  })
  width!: number;

  @Field(() => Int)
  height!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  expiresAt!: Date;

  @Field(() => String, {
    nullable: true,
    description:
      'For its uploader, to keep: deletePhoto, addRegion and removeGarment want it. In the answer of parsePhoto alone; ' +
      'null everywhere else.',
  })
  ownerToken?: string | null;

  /** Not of the API: names the stored image. */
  sha256!: string;
}
