import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../log.ts';
import type { Limiter } from './limiter.ts';
import type { Viewer } from './viewer.ts';

/** What every room above stands on, opened once. Each room's context adds what that room brings. */
export interface AccessServices {
  readonly config: Config;
  readonly db: Database;
  readonly limiter: Limiter;
  readonly log: Log;
}

/** Who asks, and in which shop. */
export interface RequestScope {
  readonly shopId: string;
  readonly viewer: Viewer;
  /** Of a subscription: aborts when its subscriber has gone. */
  readonly signal?: AbortSignal | undefined;
}

export interface AccessContext extends AccessServices, RequestScope {}
