import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Connection } from '../../graphql/connection.ts';

export enum DuplicateKind {
  EXACT = 'exact',
  PERCEPTUAL = 'perceptual',
}
registerEnumType(DuplicateKind, {
  name: 'DuplicateKind',
  description: 'How alike the first images of duplicate items are.',
  valuesConfig: {
    EXACT: { description: 'The same image.' },
    PERCEPTUAL: {
      description: 'Images that look the same, such as one image saved at several sizes or qualities.',
    },
  },
});

/** `items` is in duplicates.resolver.ts. */
@ObjectType({
  description: 'Items whose first images are the same and that are not variants of one product.',
})
export class DuplicateGroup {
  @Field(() => DuplicateKind, { description: 'How alike the images are.' })
  kind!: DuplicateKind;

  @Field(() => Int, { description: 'Number of items in the group.' })
  itemCount!: number;

  /** Not in the API. */
  itemIds!: readonly string[];
}

export const DuplicateGroupConnection = Connection('DuplicateGroup', () => DuplicateGroup);
export type DuplicateGroupConnection = InstanceType<typeof DuplicateGroupConnection>;
