import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { loadConfig } from './config.ts';
import { setTemporaryFolder } from './db/temporary.ts';
import { fewOpenFiles } from './http/open-files.ts';
import { onShutdown } from './http/stop.ts';
import { startServer } from './start.ts';

// V8 collects garbage when a heap is up to four times as large as what was left of it the last time: of 0.1 GiB alive, pages
// and lists made a quarter. All threads of this process read the flag at each collection.
setFlagsFromString('--heap-growing-percent=40');

// Before React is loaded: it chooses its build by it.
Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV || 'production' });

try {
  const config = loadConfig();
  setTemporaryFolder(config.dataDir);
  // Before anything is opened: what fails for want of files does not always say so.
  const few = await fewOpenFiles();
  if (few) console.warn(few);
  // Loaded where it is wanted alone.
  const endTracing = config.traces ? (await import('./tracing/start.ts')).startTracing() : undefined;
  const starting = startServer(config, (key) => {
    // Whatever LOG says: nobody can ever see it again.
    console.log(`Admin key, shown only this once: ${key}`);
  });
  // From the first moment: process 1 of a container ignores a signal that it does not handle.
  onShutdown(async () => {
    await (await starting).stop();
    await endTracing?.();
  });
  const server = await starting;
  const { log, vision } = server.opened.services;
  const { provider, passedOver } = vision.serving;
  for (const reason of passedOver) log.info(`Passed over ${reason}`);
  log.info(`The model runs on ${provider}.`);
  if (!config.databaseUrl) {
    log.info(
      'Using the embedded database: for trying Armoire and for small shops. Set DATABASE_URL for more.',
    );
  }
  const ready = `Armoire is ready: ${server.address}`;
  // In text whatever LOG says: who started it waits for this line.
  if (config.logFormat === 'json') log.info(ready);
  else console.log(ready);
} catch (error) {
  // What to do about it is in the message; its causes say more.
  for (let cause = error; cause instanceof Error; cause = cause.cause) console.error(cause.message);
  process.exit(1);
}
