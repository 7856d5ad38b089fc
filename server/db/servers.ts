import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Database } from './database.ts';
import { type OtherServer, removeServer, renewServer } from './servers.sql.ts';

/** The servers that share a PostgreSQL know of each other by the rows that they renew. */
export interface Servers {
  /** Whether others use this database now. */
  areSeveral(): boolean;
  close(): Promise<void>;
}

const RENEW_MS = 10_000;
/** A row not renewed for this long is that of a server that was killed. */
export const FRESH_SECONDS = 30;

/** Alone on the embedded database, which is one process's own. `model`: the one that this server embeds with. */
export async function joinServers(
  db: Database,
  store: Pick<FileStore, 'name' | 'isShared'>,
  model: string,
  log: Log,
): Promise<Servers> {
  if (db.kind === 'embedded') return { areSeveral: () => false, close: async () => undefined };
  const own = { id: randomUUID(), store: store.name, model, freshSeconds: FRESH_SECONDS };
  let others: OtherServer[] = [];
  let warned = false;
  const renew = async () => {
    others = await db.asOwner((tx) => renewServer(tx, own));
    const isApart = others.some((other) => other.store !== own.store);
    if (isApart && !warned) log.info(APART);
    warned = isApart;
  };
  await renew();
  let renewing: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    renewing = renew().catch((error: unknown) => {
      log.error('This server could not tell the others that it runs; it tries again.', error);
    });
  }, RENEW_MS);
  timer.unref();
  return {
    areSeveral: () => others.length > 0,
    async close() {
      clearInterval(timer);
      await renewing;
      await db.asOwner((tx) => removeServer(tx, own.id)).catch(() => undefined);
    },
  };
}

const APART =
  'Another server uses this database with other files than this one. One server a database is the rule, unless all of ' +
  'them keep their files in one bucket (S3_BUCKET). As it is, each reads only the feeds that were sent to it, and has no ' +
  'pictures but those that it stored.';
