import 'reflect-metadata';
import { loadConfig } from './config.ts';
import { startServer } from './start.ts';

/** How long requests and imports that are under way may take to end. */
const GRACE_MS = 15_000;

// Before React is loaded: it chooses its build by it.
Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV || 'production' });

try {
  const config = loadConfig();
  const server = await startServer(config);
  const say = (line: string) => config.log === 'info' && console.log(line);
  const { provider, passedOver } = server.opened.services.vision.serving;
  for (const reason of passedOver) say(`Passed over ${reason}`);
  say(`The model runs on ${provider}.`);
  if (!config.databaseUrl) {
    say('Using the embedded database: for trying Armoire and for small shops. Set DATABASE_URL for more.');
  }
  // Shown whatever LOG says: nobody can ever see it again.
  if (server.firstKey) console.log(`Admin key, shown only this once: ${server.firstKey}`);
  console.log(`Armoire is ready: ${server.address}`);

  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('The server could not stop cleanly.', error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  // What to do about it is in the message; its causes say more.
  for (let cause = error; cause instanceof Error; cause = cause.cause) console.error(cause.message);
  process.exit(1);
}
