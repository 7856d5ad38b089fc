import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../graphql/scalars.ts';

export enum Engine {
  EMBEDDED = 'embedded',
  SERVER = 'server',
}
registerEnumType(Engine, {
  name: 'Engine',
  valuesConfig: {
    EMBEDDED: { description: 'The embedded database: for trying Armoire and for small shops.' },
    SERVER: { description: 'A PostgreSQL server.' },
  },
});

@ObjectType({ description: 'The index that searches of many items walk.' })
export class IndexHealth {
  @Field(() => Int, { description: 'Vectors that searches match against.' })
  vectors!: number;

  @Field(() => Float, { description: 'Its size.' })
  bytes!: number;

  @Field(() => DateTime, {
    description:
      'When it was made; since then every vector has been put in as it came. A REINDEX by hand does not show.',
  })
  builtAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the latest of its vectors came; null without any.',
  })
  latestAt!: Date | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Rows that were deleted or replaced since the last vacuum, over which searches still have to walk. Null where ' +
      'the database does not count them.',
  })
  deadRows!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'The last vacuum; null where there was none yet.' })
  vacuumedAt!: Date | null;

  @Field(() => Boolean, { description: 'False while it is being built, or where building it failed.' })
  isValid!: boolean;
}

@ObjectType({ description: "The shop's tasks in the import's queue: feeds to read and items to parse." })
export class QueueHealth {
  @Field(() => Int, { description: 'Tasks that wait.' })
  waiting!: number;

  @Field(() => Int, { description: 'Tasks that are being worked on.' })
  running!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'How long the oldest of them has waited; null where none waits.',
  })
  oldestSeconds!: number | null;
}

@ObjectType({ description: 'How many items are in which state.' })
export class ItemHealth {
  @Field(() => Int, { description: 'Parsed.' })
  ready!: number;

  @Field(() => Int, { description: 'Still to be parsed.' })
  pending!: number;

  @Field(() => Int, { description: 'Those whose image could not be had or parsed.' })
  failed!: number;
}

@ObjectType({ description: "How well the shop's searches do, measured at most once a minute." })
export class RetrievalHealth {
  @Field(() => DateTime, { description: 'When all this was measured.' })
  measuredAt!: Date;

  @Field(() => Engine, { description: 'Which database it is.' })
  engine!: `${Engine}`;

  @Field(() => String, { description: 'The embedding model that searches use.' })
  model!: string;

  @Field(() => Float, {
    nullable: true,
    description:
      'Recall at 20: the share of the 20 nearest items, found by comparing all, that the index finds; the mean over ' +
      'random items of the shop. Null where nothing could be measured. A small shop is searched without the index.',
  })
  recallAt20!: number | null;

  @Field(() => Int, {
    description: 'Items that recall was measured with: 50, or as many as five seconds allow.',
  })
  sample!: number;

  @Field(() => IndexHealth, {
    nullable: true,
    description: 'Null where counting takes more than five seconds.',
  })
  index!: IndexHealth | null;

  @Field(() => QueueHealth, {
    nullable: true,
    description: 'Null where counting takes more than five seconds.',
  })
  queue!: QueueHealth | null;

  @Field(() => ItemHealth, {
    nullable: true,
    description: 'Null where counting takes more than five seconds.',
  })
  items!: ItemHealth | null;
}
