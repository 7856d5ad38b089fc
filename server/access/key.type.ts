import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { listCost } from '../graphql/cost.ts';
import { DateTime } from '../graphql/scalars.ts';

export enum KeyRole {
  WIDGET = 'widget',
  MERCHANDISER = 'merchandiser',
  ADMIN = 'admin',
}
registerEnumType(KeyRole, {
  name: 'KeyRole',
  description: 'What a key allows, from the least to the most.',
  valuesConfig: {
    WIDGET: {
      description: "What a shopper may do, on the listed hosts alone. It may stand in a page's source.",
    },
    MERCHANDISER: { description: 'The catalogue and its rules beside that.' },
    ADMIN: { description: 'Keys and models beside that.' },
  },
});

@ObjectType({ description: 'What is known of a key; the key itself is not kept.' })
export class AccessKey {
  @Field(() => ID, { description: 'To revoke it by.' })
  id!: string;

  @Field(() => KeyRole, { description: 'What it allows.' })
  role!: `${KeyRole}`;

  @Field(() => String, { description: 'What it is for, in the words of whoever made it.' })
  label!: string;

  @Field(() => String, { description: 'How it begins.' })
  hint!: string;

  @Field(() => [String], {
    complexity: listCost(),
    description: "The hosts that a widget's key is for, such as *.shop.example.",
  })
  domains!: readonly string[];

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'The hour of its last use; null where it has none.' })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Null while it is in force.' })
  revokedAt!: Date | null;
}

@ObjectType({ description: 'A key that was just made.' })
export class NewKey {
  @Field(() => String, { description: 'The key itself: shown this once, and never again.' })
  key!: string;

  @Field(() => AccessKey, { description: 'What is kept of it.' })
  details!: AccessKey;
}
