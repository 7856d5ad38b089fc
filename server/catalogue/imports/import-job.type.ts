import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Connection } from '../../graphql/connection.ts';
import { DateTime } from '../../graphql/scalars.ts';
import type { ImportJobRow } from './import-job.sql.ts';

export enum ImportState {
  RUNNING = 'running',
  DONE = 'done',
  FAILED = 'failed',
  CANCELLED = 'cancelled',
}
registerEnumType(ImportState, {
  name: 'ImportState',
  valuesConfig: {
    FAILED: { description: 'The feed as a whole could not be read, or could not replace the shop.' },
  },
});

export enum FeedMode {
  UPSERT = 'upsert',
  REPLACE = 'replace',
}
registerEnumType(FeedMode, {
  name: 'FeedMode',
  valuesConfig: {
    UPSERT: { description: 'Items of the feed are made or changed; others stay.' },
    REPLACE: {
      description:
        'Afterwards the shop has the items of the feed alone: others are deleted, once the feed was read whole. Nothing ' +
        'is deleted while the id of a row cannot be read.',
    },
  },
});

@ObjectType()
export class ImportError {
  @Field(() => Int, { description: "As a spreadsheet counts: a CSV's header is row 1." })
  row!: number;

  @Field(() => ID, { nullable: true })
  itemId!: string | null;

  @Field(() => String, { description: 'Stable, for programs.' })
  code!: string;

  @Field(() => String)
  reason!: string;
}

/** `errors` and `errorsUrl` are in imports.resolver.ts. */
@ObjectType({ description: 'One import of a feed.' })
export class ImportJob {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ImportState)
  state!: ImportState;

  @Field(() => String, { nullable: true, description: 'Why the import failed as a whole.' })
  failure!: string | null;

  @Field(() => FeedMode)
  mode!: FeedMode;

  @Field(() => Int, { description: 'Rows read so far.' })
  rowsTotal!: number;

  @Field(() => Int)
  rowsRejected!: number;

  @Field(() => Int, { description: 'Rows that were the same as at the last import.' })
  rowsUnchanged!: number;

  @Field(() => Int)
  itemsReady!: number;

  @Field(() => Int)
  itemsFailed!: number;

  @Field(() => Int, { description: 'Items that were still to be parsed when the import was cancelled.' })
  itemsCancelled!: number;

  @Field(() => Int, { description: 'Items that are still to be parsed.' })
  itemsPending!: number;

  @Field(() => Int, { description: 'Items that a feed of mode REPLACE no longer names.' })
  itemsDeleted!: number;

  @Field(() => Int, { description: 'Garments found in the items that are ready.' })
  garmentCount!: number;

  @Field(() => Float, { description: 'Over the last half a minute; over all of an import that has ended.' })
  itemsPerSecond!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Of the items to be parsed, how many have been; null while the feed is still being read.',
  })
  percentage!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'By the present speed; null while the feed is still being read, and while nothing moves.',
  })
  secondsLeft!: number | null;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;
}

export const ImportJobConnection = Connection('ImportJob', () => ImportJob);
export type ImportJobConnection = InstanceType<typeof ImportJobConnection>;

export function toImportJob(row: ImportJobRow): ImportJob {
  const { itemsReady, itemsFailed, itemsPending, readAt } = row;
  const itemsPerSecond = row.secondsCounted > 0 ? row.itemsCounted / row.secondsCounted : 0;
  const isRead = readAt !== null || row.state !== 'running';
  const ended = itemsReady + itemsFailed;
  const all = ended + itemsPending;
  return {
    ...row,
    state: row.state as ImportState,
    mode: row.mode as FeedMode,
    itemsPerSecond,
    percentage: isRead ? (all === 0 ? 100 : (100 * ended) / all) : null,
    secondsLeft: isRead ? secondsLeft(itemsPending, itemsPerSecond) : null,
  };
}

function secondsLeft(pending: number, perSecond: number): number | null {
  if (pending === 0) return 0;
  return perSecond > 0 ? Math.ceil(pending / perSecond) : null;
}
