import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../graphql/scalars.ts';

export enum Engine {
  EMBEDDED = 'embedded',
  SERVER = 'server',
}
registerEnumType(Engine, {
  name: 'Engine',
  description: 'Which database the server uses.',
  valuesConfig: {
    EMBEDDED: { description: 'The embedded database, for trying Armoire and for small shops.' },
    SERVER: { description: 'A PostgreSQL server.' },
  },
});

@ObjectType({ description: 'The vector index (HNSW) of the shop.' })
export class IndexHealth {
  @Field(() => Int, { description: 'Number of vectors in the index.' })
  vectors!: number;

  @Field(() => Float, { description: 'Size of the index in bytes.' })
  bytes!: number;

  @Field(() => DateTime, {
    description:
      'When the index was created. Vectors that came later were added one by one. A manual REINDEX does not ' +
      'change this.',
  })
  builtAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the newest vector was added. Null if there is none.',
  })
  latestAt!: Date | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Number of rows deleted or replaced since the last vacuum, which slow searches down. Null if the ' +
      'database does not count them.',
  })
  deadRows!: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the table was last vacuumed. Null if it never was.',
  })
  vacuumedAt!: Date | null;

  @Field(() => Boolean, { description: 'False while the index is being built, or if building it failed.' })
  isValid!: boolean;
}

@ObjectType({ description: "The shop's import queue: feeds to read and items to parse." })
export class QueueHealth {
  @Field(() => Int, { description: 'Number of tasks waiting.' })
  waiting!: number;

  @Field(() => Int, { description: 'Number of tasks running.' })
  running!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'How long the oldest waiting task has waited, in seconds. Null if none waits.',
  })
  oldestSeconds!: number | null;
}

@ObjectType({ description: 'Number of items in each state.' })
export class ItemHealth {
  @Field(() => Int, { description: 'Number of items that are parsed.' })
  ready!: number;

  @Field(() => Int, { description: 'Number of items still to be parsed.' })
  pending!: number;

  @Field(() => Int, { description: 'Number of items whose image could not be fetched or parsed.' })
  failed!: number;
}

@ObjectType({ description: "Quality of the shop's searches, measured at most once a minute." })
export class RetrievalHealth {
  @Field(() => DateTime, { description: 'When all of this was measured.' })
  measuredAt!: Date;

  @Field(() => Engine, { description: 'Which database the server uses.' })
  engine!: `${Engine}`;

  @Field(() => String, { description: 'Name of the embedding model that searches use.' })
  model!: string;

  @Field(() => Float, {
    nullable: true,
    description:
      'Recall at 20: the share of the 20 truly nearest items that the index finds, averaged over random ' +
      'items of the shop. Null if nothing could be measured. Small shops are searched without the index.',
  })
  recallAt20!: number | null;

  @Field(() => Int, {
    description:
      'Number of items that recall was measured with: up to 50, fewer if they take more than five seconds.',
  })
  sample!: number;

  @Field(() => IndexHealth, {
    nullable: true,
    description: 'State of the vector index. Null if counting takes more than five seconds.',
  })
  index!: IndexHealth | null;

  @Field(() => QueueHealth, {
    nullable: true,
    description: 'State of the import queue. Null if counting takes more than five seconds.',
  })
  queue!: QueueHealth | null;

  @Field(() => ItemHealth, {
    nullable: true,
    description: 'Number of items in each state. Null if counting takes more than five seconds.',
  })
  items!: ItemHealth | null;
}
