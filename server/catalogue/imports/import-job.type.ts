import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Connection } from '../../graphql/connection.ts';
import { listCost } from '../../graphql/cost.ts';
import { Node } from '../../graphql/node.ts';
import { DateTime } from '../../graphql/scalars.ts';
import type { ImportErrorRow, ImportJobRow } from './import-job.sql.ts';

export enum ImportState {
  RUNNING = 'running',
  DONE = 'done',
  FAILED = 'failed',
  CANCELLED = 'cancelled',
}
registerEnumType(ImportState, {
  name: 'ImportState',
  description: 'State of an import.',
  valuesConfig: {
    RUNNING: { description: 'The feed is being read or its items are being parsed.' },
    DONE: { description: 'Every item was parsed or has failed.' },
    FAILED: { description: 'The feed could not be read, or it could not replace the shop.' },
    CANCELLED: { description: 'Somebody cancelled the import.' },
  },
});

export enum FeedMode {
  UPSERT = 'upsert',
  REPLACE = 'replace',
}
registerEnumType(FeedMode, {
  name: 'FeedMode',
  description: "What a feed does to the shop's other items.",
  valuesConfig: {
    UPSERT: { description: 'Creates or updates the items in the feed and keeps all others.' },
    REPLACE: {
      description:
        'Creates or updates the items in the feed and then deletes all others, once the whole feed has been ' +
        "read. Nothing is deleted if a row's id cannot be read, if no row can be used, or if more than half of the " +
        'items would be deleted without `force`.',
    },
  },
});

export enum ImportKind {
  FEED = 'feed',
  SLOTS = 'slots',
  IMAGES = 'images',
}
registerEnumType(ImportKind, {
  name: 'ImportKind',
  description: 'What an import works on.',
  valuesConfig: {
    FEED: { description: 'The rows of a feed, or the items of `upsertItems`.' },
    SLOTS: { description: 'Items of the shop that a change of its slots concerns.' },
    IMAGES: { description: 'Pictures that are asked for again at their addresses, see `refreshImages`.' },
  },
});

export enum ImportSeverity {
  ERROR = 'error',
  WARNING = 'warning',
}
registerEnumType(ImportSeverity, {
  name: 'ImportSeverity',
  description: 'What a fault in a feed has cost.',
  valuesConfig: {
    ERROR: { description: 'The row or the item was not imported.' },
    WARNING: {
      description: 'The item was imported without this value, or differently from what the feed says.',
    },
  },
});

@ObjectType({ description: 'A fault in a row of a feed, or of its item.' })
export class ImportError {
  @Field(() => Int, { description: 'Row number as a spreadsheet counts: the header of a CSV file is row 1.' })
  row!: number;

  @Field(() => ID, { nullable: true, description: 'Id of the item. Null if the row has no readable id.' })
  itemId!: string | null;

  @Field(() => ImportSeverity, { description: 'Whether the item was imported nevertheless.' })
  severity!: ImportSeverity;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the column with the fault, such as `price`. Null if the whole row is unusable.',
  })
  column!: string | null;

  @Field(() => String, { description: 'Stable code for programs, such as IMAGE_NOT_FOUND.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong, in English.' })
  reason!: string;
}

/** `errors` and `errorsUrl` are in imports.resolver.ts. */
@ObjectType({ implements: Node, description: 'One import of a feed.' })
export class ImportJob {
  @Field(() => ID, { description: 'Identifies the import.' })
  id!: string;

  @Field(() => String, { description: 'File name of the feed, or what was imported instead.' })
  name!: string;

  @Field(() => ImportKind, { description: 'What the import works on.' })
  kind!: ImportKind;

  @Field(() => ImportState, { description: 'State of the import.' })
  state!: ImportState;

  @Field(() => String, {
    nullable: true,
    description: 'Why the whole import failed. Null unless the state is FAILED.',
  })
  failure!: string | null;

  @Field(() => [String], {
    complexity: listCost(),
    description:
      'What to know about how the feed was read, in English: an encoding that was guessed, files in a zip that were ' +
      'not read, products that a shop system does not publish.',
  })
  notes!: readonly string[];

  @Field(() => FeedMode, { description: "What the feed does to the shop's other items." })
  mode!: FeedMode;

  @Field(() => Int, { description: 'Number of rows read so far.' })
  rowsTotal!: number;

  @Field(() => Int, { description: 'Number of rows that could not be used; `errors` lists them.' })
  rowsRejected!: number;

  @Field(() => Int, {
    description:
      'Number of rows that have not changed since the last import; for kind IMAGES, of items whose pictures have not.',
  })
  rowsUnchanged!: number;

  @Field(() => Int, {
    description: 'Number of values left out of items that were imported; `errors` lists them as warnings.',
  })
  warningCount!: number;

  @Field(() => Int, { description: 'Number of items that were parsed and can be found.' })
  itemsReady!: number;

  @Field(() => Int, { description: 'Number of items that could not be parsed; `errors` lists them.' })
  itemsFailed!: number;

  @Field(() => Int, {
    description: 'Number of items that were still to be parsed when the import was cancelled.',
  })
  itemsCancelled!: number;

  @Field(() => Int, { description: 'Number of items still to be parsed.' })
  itemsPending!: number;

  @Field(() => Int, {
    description:
      'Number of items deleted because a REPLACE feed no longer lists them, or while they were still to be parsed.',
  })
  itemsDeleted!: number;

  @Field(() => Int, {
    description: 'Number of garments found in the items whose pictures this import had parsed.',
  })
  garmentCount!: number;

  @Field(() => Float, {
    description:
      'Items parsed per second over the last 30 seconds, or over the whole import once it has ended.',
  })
  itemsPerSecond!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Share of the items to be parsed that are done, 0 to 100. Null while the feed is being read.',
  })
  percentage!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Seconds left at the present speed. Null while the feed is being read or nothing moves.',
  })
  secondsLeft!: number | null;

  @Field(() => DateTime, { description: 'When the import was started.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the import ended. Null while it runs.' })
  finishedAt!: Date | null;
}

export function toImportError({ severity, ...row }: ImportErrorRow): ImportError {
  return { ...row, severity: severity as ImportSeverity };
}

export const ImportJobConnection = Connection('ImportJob', () => ImportJob);
export type ImportJobConnection = InstanceType<typeof ImportJobConnection>;

export function toImportJob(row: ImportJobRow): ImportJob {
  const { itemsReady, itemsFailed, itemsPending, itemsUnchanged, readAt } = row;
  const itemsPerSecond = row.secondsCounted > 0 ? row.itemsCounted / row.secondsCounted : 0;
  const isRead = readAt !== null || row.state !== 'running';
  const ended = itemsReady + itemsUnchanged + itemsFailed;
  const all = ended + itemsPending;
  return {
    ...row,
    kind: row.kind as ImportKind,
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
