import type { FullConfig } from '@playwright/test';
import { type RunningServer, startServer } from './server.ts';

/** Starts the real server with a small demo shop; ARMOIRE_URL names one that runs already,
 * ARMOIRE_KEY its admin key. */
export default async function globalSetup(config: FullConfig): Promise<(() => Promise<void>) | undefined> {
  if (process.env.ARMOIRE_URL) return undefined;
  const apart = config.metadata.apart === true;
  const server: RunningServer = await startServer({ apart });
  process.env.ARMOIRE_URL = server.url;
  process.env.ARMOIRE_KEY = server.key;
  return () => server.stop();
}
