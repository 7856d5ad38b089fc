import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../scalars.ts';
import type { ImportJobRow } from './import-job.sql.ts';

export enum ImportState {
  RUNNING = 'running',
  DONE = 'done',
  FAILED = 'failed',
}
registerEnumType(ImportState, {
  name: 'ImportState',
  valuesConfig: { FAILED: { description: 'The feed as a whole could not be read.' } },
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

/** `errors` is in imports.resolver.ts. */
@ObjectType({ description: 'One import of a feed.' })
export class ImportJob {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ImportState)
  state!: ImportState;

  @Field(() => String, { nullable: true, description: 'Why the feed could not be read.' })
  failure!: string | null;

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

  @Field(() => Int)
  itemsPending!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;
}

export function toImportJob(row: ImportJobRow): ImportJob {
  return { ...row, state: row.state as ImportState };
}
