import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Connection } from '../../graphql/connection.ts';

export enum DuplicateKind {
  EXACT = 'exact',
  PERCEPTUAL = 'perceptual',
}
registerEnumType(DuplicateKind, {
  name: 'DuplicateKind',
  valuesConfig: {
    EXACT: { description: 'The very same image.' },
    PERCEPTUAL: {
      description: 'Images that look the same, such as one saved at several sizes or qualities.',
    },
  },
});

/** `items` is in duplicates.resolver.ts. */
@ObjectType({ description: 'Items that show the same picture first, and are not variants of one product.' })
export class DuplicateGroup {
  @Field(() => DuplicateKind)
  kind!: DuplicateKind;

  @Field(() => Int)
  itemCount!: number;

  /** Not of the API. */
  itemIds!: readonly string[];
}

export const DuplicateGroupConnection = Connection('DuplicateGroup', () => DuplicateGroup);
export type DuplicateGroupConnection = InstanceType<typeof DuplicateGroupConnection>;
