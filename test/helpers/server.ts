import type { AddressInfo } from 'node:net';
import { createKey } from '../../server/access/keys.ts';
import type { RoleName } from '../../server/access/viewer.ts';
import { makeApp } from '../../server/app.ts';
import { startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { type Config, loadConfig } from '../../server/config.ts';
import type { Services } from '../../server/context.ts';
import type { DataDirLock } from '../../server/db/lock.ts';
import type { Log } from '../../server/log.ts';
import { openServices } from '../../server/services.ts';
import type { EmbeddingSpace, GarmentEmbedder } from '../../server/vision/contract.ts';
import { openVision } from '../../server/vision/vision.ts';
import type { Schedule } from '../../server/webhooks/schedule.ts';
import { startWebhooks } from '../../server/webhooks/start.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { makeFakeVision } from './fake-vision.ts';

/** An answer of the API, untyped as a client sees it. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into an answer as deep as its query went.
  readonly data: any;
  readonly errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

export interface TestServer {
  readonly url: string;
  readonly shopId: string;
  /** Of its data folder. */
  readonly lock: DataDirLock;
  readonly services: Services;
  readonly db: TestDatabase;
  /** What was logged as an error. */
  readonly logged: unknown[];
  query(query: string, variables?: Record<string, unknown>, options?: { key?: string }): Promise<Answer>;
  /** By the GraphQL multipart request specification; the file becomes the variable `file`. */
  upload(
    query: string,
    file: Buffer,
    options?: { key?: string; name?: string; preflight?: boolean },
  ): Promise<Answer>;
  makeKey(role: Exclude<RoleName, 'anonymous'>, shopId?: string): Promise<string>;
  close(): Promise<void>;
}

/** A widget's key of `makeKey` is for this host, from which its requests come here. */
export const WIDGET_HOST = 'shop.example';

/** Limits that are used up stay so, however slow the machine is. */
export const STANDS_STILL = () => 0;

export const CONTROL_TOKEN = 'ctl_for-tests-alone-0123456789';

/** The whole server over a database of its own, on a free port. `worker`: whether it works on imports. */
export async function makeTestServer(
  options: {
    vision?: 'fake' | 'real';
    /** Embeds beside the fake vision, as a model that may take its place. */
    candidate?: GarmentEmbedder;
    /** What the fake vision says of its embeddings. */
    space?: Partial<EmbeddingSpace>;
    worker?: boolean;
    /** Whether it delivers webhooks, and how long it pauses. */
    webhooks?: Schedule;
    /** In the place of Next's. */
    pages?: Parameters<typeof makeApp>[2];
    environment?: Record<string, string>;
    config?: Partial<Config>;
    /** Milliseconds: limits of a minute fill up again by this clock. Tests of refusals let it stand still. */
    clock?: () => number;
    /** Instead of a copy of the tests' template. */
    db?: TestDatabase;
    /** Opens this one, with its first shop, and not an empty one. */
    database?: { db: TestDatabase; shopId: string };
  } = {},
): Promise<TestServer> {
  const db = options.db ?? options.database?.db ?? (await openTestDatabase());
  const config: Config = {
    ...loadConfig({ WEB: '0', DEMO: '0', LOG: 'error', ...options.environment, DATA_DIR: db.dataDir }),
    ...options.config,
  };
  const logged: unknown[] = [];
  const log: Log = {
    info: () => undefined,
    error(_, cause) {
      logged.push(cause);
      return `ref-${logged.length}`;
    },
  };
  const opened = await openServices(config, {
    vision: async () =>
      options.vision === 'real'
        ? openVision({ modelDir: config.modelDir })
        : makeFakeVision(options.space, options.candidate),
    database: async () => db,
    log,
    watchMs: 50,
    clock: options.clock,
  });
  const { services } = opened;
  const shopId = opened.shop.id;
  const access = { ...opened.access, controlToken: CONTROL_TOKEN };
  const app = await makeApp(services, access, options.pages);
  await new Promise<void>((resolve) => app.http.listen(0, '127.0.0.1', resolve));
  const worker = options.worker ? await startImportWorker(services) : null;
  const webhooks = options.webhooks
    ? startWebhooks(services, { schedule: options.webhooks, pollMs: 20 })
    : null;
  const url = `http://127.0.0.1:${(app.http.address() as AddressInfo).port}`;

  return {
    url,
    shopId,
    lock: opened.lock,
    services,
    db,
    logged,
    query: (query, variables = {}, { key } = {}) =>
      send(url, JSON.stringify({ query, variables }), { 'content-type': 'application/json' }, key),
    upload(query, file, { key, name = 'photo.png', preflight = true } = {}) {
      const form = new FormData();
      form.set('operations', JSON.stringify({ query, variables: { file: null } }));
      form.set('map', JSON.stringify({ 0: ['variables.file'] }));
      form.set('0', new Blob([new Uint8Array(file)]), name);
      return send(url, form, preflight ? { 'apollo-require-preflight': 'true' } : {}, key);
    },
    async makeKey(role, ofShop = shopId) {
      const domains = role === 'widget' ? [WIDGET_HOST] : null;
      return (await createKey(db, ofShop, { role, label: 'For a test', domains })).key;
    },
    async close() {
      await app.stop();
      await worker?.stop();
      await webhooks?.stop();
      await opened.close();
    },
  };
}

async function send(
  url: string,
  body: string | FormData,
  headers: Record<string, string>,
  key: string | undefined,
): Promise<Answer> {
  const authorization = key === undefined ? undefined : { authorization: `Bearer ${key}` };
  const page = key?.startsWith('armw_') ? { origin: `https://${WIDGET_HOST}` } : undefined;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    body,
    headers: { ...headers, ...authorization, ...page },
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}
