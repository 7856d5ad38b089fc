import { statfs } from 'node:fs/promises';
import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Vision } from '../vision/contract.ts';

/** Whoever asks whether the server is well wants to know soon. */
const PATIENCE_MS = 3000;
/** Below this much free room an upload of the usual size may fail. */
const ROOM_BYTES = 64 * 1024 * 1024;

interface Failing {
  readonly part: 'database' | 'disk' | 'store';
  readonly problem: string;
}

/** `GET /healthz`: 200 while the server can work, else 503 with what fails. Checks that overlap are one check. */
export function answerHealth({
  db,
  config,
  store,
  vision,
}: {
  db: Database;
  config: Pick<Config, 'dataDir'>;
  store: Pick<FileStore, 'check' | 'isShared'>;
  vision: Pick<Vision, 'serving'>;
}): RequestHandler {
  const database = shared(() => checkDatabase(db));
  const disk = shared(() => checkDisk(config.dataDir));
  const bucket = shared(() => checkStore(store));
  return async (_, response) => {
    const checked = await Promise.all([
      inTime('database', database()),
      inTime('disk', disk()),
      ...(store.isShared ? [inTime('store', bucket())] : []),
    ]);
    const failing = checked.filter((found) => found !== null);
    const { provider } = vision.serving;
    response.set('Cache-Control', 'no-store');
    if (failing.length === 0) response.json({ status: 'ok', provider });
    else response.status(503).json({ status: 'failing', provider, failing });
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

/** A check that hangs is not begun again for everybody who asks. */
function shared<T>(check: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= check().finally(() => {
      running = null;
    });
    return running;
  };
}

function inTime(part: Failing['part'], check: Promise<Failing | null>): Promise<Failing | null> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve({ part, problem: 'It does not answer.' }), PATIENCE_MS);
    check.finally(() => clearTimeout(late)).then(resolve);
  });
}
