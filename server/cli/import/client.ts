import type { ImportErrorRow } from '../../catalogue/import-job.sql.ts';
import type { ImportArgs } from './args.ts';

export interface ImportStatus {
  readonly state: 'running' | 'done' | 'failed';
  readonly failure: string | null;
  readonly rowsTotal: number;
  readonly rowsRejected: number;
  readonly rowsUnchanged: number;
  readonly itemsReady: number;
  readonly itemsFailed: number;
  readonly itemsPending: number;
}

/** The two ways to import: through the running server, or with the database opened by the command itself. */
export interface ImportClient {
  /** Returns the job's id. */
  start(args: ImportArgs): Promise<string>;
  status(jobId: string): Promise<ImportStatus>;
  /** At most 1,000 errors after row `after`. */
  errors(jobId: string, after: number): Promise<ImportErrorRow[]>;
  close(): Promise<void>;
}
