import { type RunningServer, startServer } from './server.ts';

/** Starts the real server with a small demo shop; ARMOIRE_URL names one that runs already,
 * ARMOIRE_KEY its admin key. */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.ARMOIRE_URL) return undefined;
  const server: RunningServer = await startServer();
  process.env.ARMOIRE_URL = server.url;
  process.env.ARMOIRE_KEY = server.key;
  return () => server.stop();
}
