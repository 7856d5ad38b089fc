import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CountedConnection } from '../../graphql/connection.ts';
import { listCost } from '../../graphql/cost.ts';
import { Node } from '../../graphql/node.ts';
import { DateTime } from '../../graphql/scalars.ts';
import type { LookRow } from './looks.sql.ts';

/** The enum's value is what the database keeps. */
export enum LookSource {
  API = 'api',
  FEED = 'feed',
  STUDIO = 'studio',
}
registerEnumType(LookSource, {
  name: 'LookSource',
  description: 'Where a look comes from.',
  valuesConfig: {
    API: { description: 'Saved through the API.' },
    FEED: { description: 'Made by the column `look_id` of the feed, and kept in step with it.' },
    STUDIO: { description: 'Saved in the studio.' },
  },
});

/** `items` and `problem` are in looks.resolver.ts. */
@ObjectType({ implements: Node, description: 'Items that the shop shows together.' })
export class Look {
  @Field(() => ID, { description: 'Id of the look in the shop.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name of the look.' })
  name!: string | null;

  @Field(() => LookSource, { description: 'Where the look comes from.' })
  source!: LookSource;

  @Field(() => DateTime, { description: 'When the look was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When its name, source or items last changed.' })
  updatedAt!: Date;

  /** Not in the API. */
  row!: LookRow;

  /** Not in the API: its items' ids, where they were read with it. */
  itemIds?: readonly string[] | undefined;
}

export function toLook(row: LookRow, itemIds?: readonly string[]): Look {
  const { id, name, source, createdAt, updatedAt } = row;
  return { id, name, source: source as LookSource, createdAt, updatedAt, row, itemIds };
}

export const LookConnection = CountedConnection('Look', () => Look);
export type LookConnection = InstanceType<typeof LookConnection>;

@InputType({ description: 'A complete look. An omitted name is cleared, not kept.' })
export class LookInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Your own id, at most 100 characters. If omitted, the look is new and gets an id.',
  })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the look, at most 200 characters.' })
  name?: string | null;

  @Field(() => [ID], { description: 'Ids of 2 to 20 different items of the shop, in order.' })
  itemIds!: string[];
}

export enum LookFault {
  INVALID_ID = 'INVALID_ID',
  REPEATED_LOOK = 'REPEATED_LOOK',
  NAME_TOO_LONG = 'NAME_TOO_LONG',
  TOO_FEW_ITEMS = 'TOO_FEW_ITEMS',
  TOO_MANY_ITEMS = 'TOO_MANY_ITEMS',
  REPEATED_ITEM = 'REPEATED_ITEM',
  UNKNOWN_ITEM = 'UNKNOWN_ITEM',
  TOO_MANY_LOOKS = 'TOO_MANY_LOOKS',
}
registerEnumType(LookFault, {
  name: 'LookFault',
  description: 'Why a look was not saved.',
  valuesConfig: {
    INVALID_ID: { description: 'The id is empty or longer than 100 characters.' },
    REPEATED_LOOK: { description: 'An earlier look of the list has the same id.' },
    NAME_TOO_LONG: { description: 'The name is longer than 200 characters.' },
    TOO_FEW_ITEMS: { description: 'A look has at least two items.' },
    TOO_MANY_ITEMS: { description: 'A look has at most 20 items.' },
    REPEATED_ITEM: { description: 'An item is listed twice.' },
    UNKNOWN_ITEM: { description: 'The shop has no such item.' },
    TOO_MANY_LOOKS: { description: 'The shop has as many looks as it may have.' },
  },
});

@ObjectType({ description: 'A look that was not saved.' })
export class LookError {
  @Field(() => Int, { description: 'Index of the look in the list, from 0.' })
  index!: number;

  @Field(() => ID, { nullable: true, description: 'Its id. Null if it has none.' })
  lookId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The item at fault, if it is one.' })
  itemId!: string | null;

  @Field(() => LookFault, { description: 'What is wrong, for programs.' })
  code!: LookFault;

  @Field(() => String, { description: 'What is wrong, in English.' })
  reason!: string;
}

@ObjectType({ description: 'What `upsertLooks` did.' })
export class LooksResult {
  @Field(() => Int, { description: 'Number of looks that were made or changed.' })
  saved!: number;

  @Field(() => Int, { description: 'Number of looks that the shop already had just so.' })
  unchanged!: number;

  @Field(() => [ID], {
    complexity: listCost(),
    description: 'Ids of the looks that were saved or unchanged, in the order of the list.',
  })
  ids!: string[];

  @Field(() => [LookError], {
    complexity: listCost(),
    description: 'The looks that were not saved, in the order of the list.',
  })
  errors!: LookError[];
}
