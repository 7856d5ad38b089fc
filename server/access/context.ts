import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../log.ts';
import type { Limiter } from './limiter.ts';
import type { Viewer } from './viewer.ts';

/** The services that every domain uses, opened once. Each domain's context adds its own. */
export interface AccessServices {
  readonly config: Config;
  readonly db: Database;
  readonly limiter: Limiter;
  readonly log: Log;
}

/** Who sends the request, and in which shop. */
export interface RequestScope {
  readonly shopId: string;
  readonly viewer: Viewer;
  /** Subscriptions only: aborts when the subscriber disconnects. */
  readonly signal?: AbortSignal | undefined;
}

export interface AccessContext extends AccessServices, RequestScope {}
