import type { AccessRules } from './access/authenticate.ts';
import { makeFirstKey } from './access/keys.ts';
import { makeLimiter } from './access/limiter.ts';
import { makeErrorLinks } from './catalogue/imports/errors-url.ts';
import { openImportWatch } from './catalogue/imports/watch.ts';
import { openImportQueue } from './catalogue/queue/queue.ts';
import { makeItemLinks } from './catalogue/staff/items-url.ts';
import type { Config } from './config.ts';
import type { Services } from './context.ts';
import { type Database, openDatabase, prepareDatabase } from './db/database.ts';
import { requireWhole } from './db/distribution/require-whole.ts';
import { type DataDirLock, lockDataDir } from './db/lock.ts';
import { requirePgvector } from './db/migrate.ts';
import { readSecret } from './db/secrets.sql.ts';
import { joinServers } from './db/servers.ts';
import { clearTemporary } from './db/temporary.ts';
import { openImageStore } from './images/store.ts';
import { makeImageLinks } from './images/url.ts';
import { makeInsightsLinks } from './insights/links.ts';
import { openRecorder } from './insights/recorder.ts';
import { type Log, makeLog } from './log.ts';
import { openPictureFetcher } from './photos/picture-fetcher.ts';
import { ensureDefaultShop } from './shops/default-shop.ts';
import type { ShopRow } from './shops/shops.sql.ts';
import { openStore } from './store/open-store.ts';
import { openPreviews } from './try-on/previews.ts';
import type { Vision } from './vision/contract.ts';
import { openVision } from './vision/vision.ts';
import { makeInHand } from './watchdog/in-hand.ts';

export interface OpenServices {
  readonly services: Services;
  readonly access: AccessRules;
  readonly shop: ShopRow;
  readonly lock: DataDirLock;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly vision?: (config: Config) => Promise<Vision>;
  readonly database?: (config: Config) => Promise<Database>;
  readonly log?: Log;
  /** How often import jobs are looked at for those who follow them. */
  readonly watchMs?: number;
  /** Milliseconds, by which limits of a minute are counted. */
  readonly clock?: (() => number) | undefined;
  /** Is called with the admin key that the first start makes, before it is kept. */
  readonly showFirstKey?: ((key: string) => void) | undefined;
}

/** Opens everything that the server stands on; database and model side by side. Takes the data folder first. */
export async function openServices(
  config: Config,
  {
    vision: openModel = openVision,
    database: open = openDatabase,
    log = makeLog(config.log, config.logFormat),
    watchMs,
    clock,
    showFirstKey,
  }: OpenOptions = {},
): Promise<OpenServices> {
  const closers: (() => Promise<unknown>)[] = [];
  // What was opened last is closed first.
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  const keep = async <T>(opening: Promise<T>, closer: (opened: T) => Promise<unknown>): Promise<T> => {
    const opened = await opening;
    closers.push(() => closer(opened));
    return opened;
  };
  try {
    const lock = await keep(lockDataDir(config.dataDir), (opened) => opened.release());
    await clearTemporary(config.dataDir);
    const store = await openStore(config);
    if (open === openDatabase) await prepareDatabase(config);
    const opening = await Promise.allSettled([
      keep(open(config), (opened) => opened.close()),
      keep(openModel(config), (opened) => opened.close()),
    ]);
    const [db, vision] = opening.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    }) as [Database, Vision];
    await requirePgvector(db.pool);
    await requireWhole(db);
    const shop = await ensureDefaultShop(db, { demo: config.demo });
    await makeFirstKey(db, shop.id, showFirstKey);
    const queue = await keep(openImportQueue(db, log, store), (opened) => opened.close());
    const servers = await keep(joinServers(db, store, vision.embeddingModel, log), (opened) =>
      opened.close(),
    );
    const images = openImageStore(store);
    const secret = await db.asOwner((tx) => readSecret(tx, 'links'));
    const links = makeImageLinks(shop.id, secret);
    const { areSeveral } = servers;
    const limiter = makeLimiter(config.limits.perMinute, db, clock, { areSeveral, secret });
    const watch = openImportWatch(db, watchMs);
    const errorLinks = makeErrorLinks(secret);
    const itemLinks = makeItemLinks(secret);
    const pictures = await keep(Promise.resolve(openPictureFetcher(config)), (opened) => opened.close());
    const insightsLinks = makeInsightsLinks(secret);
    const recorder = await keep(Promise.resolve(openRecorder(db, log)), (opened) => opened.close());
    const inHand = makeInHand();
    const previews = await keep(Promise.resolve(openPreviews({ vision, images })), (opened) =>
      opened.close(),
    );
    const services = {
      config,
      db,
      vision,
      store,
      images,
      links,
      queue,
      watch,
      errorLinks,
      itemLinks,
      insightsLinks,
      recorder,
      log,
      limiter,
      pictures,
      inHand,
      previews,
    };
    const access = { db, defaultShopId: shop.id, controlToken: lock.token };
    return { services, access, shop, lock, close };
  } catch (error) {
    await close();
    throw error;
  }
}
