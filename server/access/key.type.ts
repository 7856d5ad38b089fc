import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { listCost } from '../graphql/cost.ts';
import { Node } from '../graphql/node.ts';
import { DateTime } from '../graphql/scalars.ts';

export enum KeyRole {
  WIDGET = 'widget',
  MERCHANDISER = 'merchandiser',
  ADMIN = 'admin',
}
registerEnumType(KeyRole, {
  name: 'KeyRole',
  description: 'What a key allows. Each role includes the ones before it.',
  valuesConfig: {
    WIDGET: {
      description: "Everything a shopper may do, only on the listed hosts. Safe to show in a page's source.",
    },
    MERCHANDISER: { description: 'Also managing the catalogue and its merchandising rules.' },
    ADMIN: { description: 'Also managing keys and embedding models.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'What the shop stores about an access key. The key itself is not stored.',
})
export class AccessKey {
  @Field(() => ID, { description: 'Identifies the key, for example in `revokeKey`.' })
  id!: string;

  @Field(() => KeyRole, { description: 'What the key allows.' })
  role!: `${KeyRole}`;

  @Field(() => String, { description: 'What the key is for, as written by whoever made it.' })
  label!: string;

  @Field(() => String, { description: 'The first characters of the key.' })
  hint!: string;

  @Field(() => [String], {
    complexity: listCost(),
    description:
      'Hosts that a widget key works on, such as shop.example or *.shop.example. Empty for other roles.',
  })
  domains!: readonly string[];

  @Field(() => Float, {
    description:
      'Share of visitors, 0 to 0.5, who should see no recommendations. Clients assign visits and send the part with ' +
      'their events.',
  })
  holdOut!: number;

  @Field(() => DateTime, { description: 'When the key was made.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the key was last used, to the hour. Null if it never was.',
  })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the key was revoked. Null while it works.' })
  revokedAt!: Date | null;
}

@ObjectType({ description: 'A key that was just made.' })
export class NewKey {
  @Field(() => String, { description: 'The key itself. It is shown only this once.' })
  key!: string;

  @Field(() => AccessKey, { description: 'What the shop stores about the key.' })
  details!: AccessKey;
}
