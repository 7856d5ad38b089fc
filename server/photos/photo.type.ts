import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../graphql/node.ts';
import { DateTime } from '../graphql/scalars.ts';

/** Its other fields are in photos.resolver.ts. */
@ObjectType({
  implements: Node,
  description:
    "A shopper's photo. Whoever knows its id may see it until it expires. Only its uploader may change " +
    'it.',
})
export class Photo {
  @Field(() => ID, { description: 'Identifies the photo. Anybody who knows it can see the photo.' })
  id!: string;

  @Field(() => Int, {
    description: 'Width in pixels of the stored, upright photo, which boxes and masks refer to.',
  })
  width!: number;

  @Field(() => Int, { description: 'Height in pixels of the stored, upright photo.' })
  height!: number;

  @Field(() => DateTime, { description: 'When the photo was uploaded.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the photo and its garments are deleted.' })
  expiresAt!: Date;

  @Field(() => String, {
    nullable: true,
    description:
      'Secret of the uploader, which `deletePhoto`, `addRegion` and `removeGarment` require. Only ' +
      '`parsePhoto` and `parsePhotoAt` return it; otherwise null.',
  })
  ownerToken?: string | null;

  /** Not in the API: identifies the stored image. */
  sha256!: string;
}
