import type { ImportErrorRow, ImportJobRow } from '../../catalogue/imports/import-job.sql.ts';
import type { ImportArgs } from './args.ts';

export type ImportStatus = Pick<
  ImportJobRow,
  | 'state'
  | 'failure'
  | 'notes'
  | 'rowsTotal'
  | 'rowsRejected'
  | 'rowsUnchanged'
  | 'warningCount'
  | 'itemsReady'
  | 'itemsFailed'
  | 'itemsPending'
>;

/** The server that was asked has stopped, or another has taken its place. */
export class ServerGoneError extends Error {}

/** The two ways to import: through the running server, or with the database opened by the command itself. */
export interface ImportClient {
  /** Returns the job's id. */
  start(args: ImportArgs): Promise<string>;
  status(jobId: string): Promise<ImportStatus>;
  /** Errors and warnings after row `after`: 1,000, and the others of the last one's row. */
  errors(jobId: string, after: number): Promise<ImportErrorRow[]>;
  close(): Promise<void>;
}
