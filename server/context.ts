import type { Limiter } from './access/limiter.ts';
import type { Viewer } from './access/viewer.ts';
import type { ErrorLinks } from './catalogue/imports/errors-url.ts';
import type { ImportWatch } from './catalogue/imports/watch.ts';
import type { ImportQueue } from './catalogue/queue/queue.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { ImageStore } from './images/store.ts';
import type { ImageLinks } from './images/url.ts';
import type { Loaders } from './loaders.ts';
import type { Log } from './log.ts';
import type { Vision } from './vision/contract.ts';

/** What the server opens once and every request shares. */
export interface Services {
  readonly config: Config;
  readonly db: Database;
  readonly vision: Vision;
  readonly images: ImageStore;
  readonly links: ImageLinks;
  readonly queue: ImportQueue;
  readonly watch: ImportWatch;
  readonly errorLinks: ErrorLinks;
  readonly limiter: Limiter;
  readonly log: Log;
}

/** What a resolver gets: the services, and who asks in which shop. */
export interface Context extends Services {
  readonly shopId: string;
  readonly viewer: Viewer;
  readonly loaders: Loaders;
  /** Of a subscription: aborts when its subscriber has gone. */
  readonly signal?: AbortSignal | undefined;
}
