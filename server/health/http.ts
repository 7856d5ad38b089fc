import { statfs } from 'node:fs/promises';
import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Vision } from '../vision/contract.ts';

/** Whoever asks whether the server is well wants to know soon. */
const PATIENCE_MS = 3000;
/** The embedded database has one connection, which a long piece of work may keep for a while. That is no reason to restart it. */
const BUSY_MS = 30_000;
/** Below this much free room an upload of the usual size may fail. */
const ROOM_BYTES = 64 * 1024 * 1024;

interface Failing {
  readonly part: 'database' | 'disk' | 'store';
  readonly problem: string;
}

/**
 * `GET /healthz`: 200 while the server can work, else 503 with what fails. Checks that overlap are one check. An embedded
 * database that is busy has `busyMs` to answer.
 */
export function answerHealth(
  {
    db,
    config,
    store,
    vision,
  }: {
    db: Database;
    config: Pick<Config, 'dataDir'>;
    store: Pick<FileStore, 'check' | 'isShared'>;
    vision: Pick<Vision, 'serving'>;
  },
  busyMs = BUSY_MS,
): RequestHandler {
  const database = shared(() => checkDatabase(db), db.kind === 'embedded' ? busyMs : 0);
  const disk = shared(() => checkDisk(config.dataDir), 0);
  const bucket = shared(() => checkStore(store), 0);
  return async (_, response) => {
    const checked = await Promise.all([
      inTime('database', database()),
      inTime('disk', disk()),
      ...(store.isShared ? [inTime('store', bucket())] : []),
    ]);
    const failing = checked.filter((found) => found !== null && found !== 'busy');
    const { provider } = vision.serving;
    response.set('Cache-Control', 'no-store');
    if (failing.length > 0) response.status(503).json({ status: 'failing', provider, failing });
    else response.json({ status: checked.includes('busy') ? 'busy' : 'ok', provider });
  };
}

async function checkDatabase(db: Database): Promise<Failing | null> {
  return db
    .asOwner((tx) => tx.query('select 1'))
    .then(
      () => null,
      () => ({ part: 'database', problem: 'It cannot be reached.' }),
    );
}

async function checkStore(store: Pick<FileStore, 'check'>): Promise<Failing | null> {
  return store.check().then(
    () => null,
    () => ({ part: 'store', problem: 'The bucket cannot be reached.' }),
  );
}

async function checkDisk(folder: string): Promise<Failing | null> {
  return statfs(folder).then(
    ({ bavail, bsize }) =>
      bavail * bsize < ROOM_BYTES ? { part: 'disk', problem: 'The data folder has no room.' } : null,
    () => ({ part: 'disk', problem: 'The data folder cannot be read.' }),
  );
}

interface Running {
  readonly check: Promise<Failing | null>;
  /** Whether it has had so little time that only work may be in its way. */
  mayBeBusy(): boolean;
}

/** A check that hangs is not begun again for everybody who asks. */
function shared(check: () => Promise<Failing | null>, busyMs: number): () => Running {
  let running: Running | null = null;
  return () => {
    if (running) return running;
    const since = performance.now();
    const begun = check().finally(() => {
      running = null;
    });
    running = { check: begun, mayBeBusy: () => performance.now() - since < busyMs };
    return running;
  };
}

function inTime(part: Failing['part'], { check, mayBeBusy }: Running): Promise<Failing | 'busy' | null> {
  return new Promise((resolve) => {
    const late = setTimeout(
      () => resolve(mayBeBusy() ? 'busy' : { part, problem: 'It does not answer.' }),
      PATIENCE_MS,
    );
    check.finally(() => clearTimeout(late)).then(resolve);
  });
}
