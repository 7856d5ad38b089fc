import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../graphql/scalars.ts';
import { REFUSALS, type Refusal } from './refusals.ts';

export const TryOnRefusal = Object.fromEntries(REFUSALS.map((reason) => [reason, reason])) as {
  [Reason in Refusal]: Reason;
};
registerEnumType(TryOnRefusal, {
  name: 'TryOnRefusal',
  description: 'Why there is no preview.',
  valuesConfig: {
    UNAVAILABLE: { description: 'The model in use has no pose or no outline network.' },
    OTHER_KIND: { description: 'The item is another kind of garment than the one that is worn.' },
    KIND_UNSUPPORTED: {
      description: 'Garments of this kind are not previewed: all but shorts, trousers and skirts.',
    },
    GARMENT_CUT_OFF: { description: "The worn garment reaches the photo's edge." },
    GARMENT_TOO_SMALL: { description: 'The worn garment is too small in the photo.' },
    GARMENT_HIDDEN: { description: 'Too much stands or hangs before the worn garment.' },
    GARMENT_UNCLEAR: { description: "The worn garment's outline cannot be told." },
    NO_PERSON: { description: 'Nobody is seen wearing the garment.' },
    NOT_FRONTAL: { description: 'The person does not face the camera.' },
    ITEM_PICTURE_UNSUITABLE: {
      description: "The item's picture does not show it whole, laid out and apart from its background.",
    },
    CUT_DIFFERS: { description: "The item's cut differs too much: its picture would have to be distorted." },
    REMAINDER: { description: 'Too much of the worn garment would still be seen.' },
    WOULD_LOOK_WRONG: {
      description:
        'The preview would most likely not look right: pale cloth, sun and shadow on the worn garment, its hem uneven, something of it left, or several of these.',
    },
  },
});

@ObjectType({ description: 'How good a preview is.' })
export class TryOnQuality {
  @Field(() => Float, {
    description:
      'How well the drawn garment covers the worn one: intersection over union of the two, 0 to 1.',
  })
  overlap!: number;

  @Field(() => Float, {
    description:
      'How much the picture was distorted: the longest stretch by the shortest at one place, which 95 % of it do not exceed. 1 is none.',
  })
  stretch!: number;

  @Field(() => Float, { description: 'Share of the worn garment that something stands before, 0 to 1.' })
  hidden!: number;
}

/** `imageUrl` is in try-on.resolver.ts. */
@ObjectType({
  description:
    "A preview of an item on somebody's own photo: the item's picture, bent onto the garment that is worn. It does not tell whether a size fits.",
})
export class TryOn {
  @Field(() => TryOnRefusal, {
    nullable: true,
    description: 'Why there is no preview. Null if there is one.',
  })
  refusal!: Refusal | null;

  @Field(() => TryOnQuality, {
    nullable: true,
    description: 'How good the preview is. Null if there is none.',
  })
  quality!: TryOnQuality | null;

  @Field(() => DateTime, { description: 'When the preview is gone, as its photo is.' })
  expiresAt!: Date;

  /** Not in the API: the garments of the preview, if there is one. */
  pair!: { readonly garmentId: string; readonly itemGarmentId: string } | null;
}
