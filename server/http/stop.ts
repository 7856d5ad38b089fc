/** How long requests and imports that are under way may take to end. */
const GRACE_MS = 60_000;
/** How long requests may take of it: what the server stands on is closed in the rest. */
export const REQUESTS_MS = GRACE_MS - 5000;

/** A terminal, npm and a service manager each pass a signal on: the process gets one stop several times. */
const SAME_STOP_MS = 2000;

/**
 * Calls `stop` once, at SIGINT, SIGTERM, or when the process that started this one over a channel is gone, and ends the
 * process when it is done. Whoever sends a signal again later does not want to wait.
 */
export function onShutdown(stop: () => Promise<void>): void {
  let since: number | null = null;
  const begin = () => {
    if (since !== null) return;
    since = Date.now();
    setTimeout(() => {
      console.error(`Requests and parses under way did not end within ${GRACE_MS / 1000} s.`);
      process.exit(1);
    }, GRACE_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('The server could not stop cleanly.', error);
        process.exit(1);
      },
    );
  };
  const onSignal = () => {
    if (since !== null && Date.now() - since > SAME_STOP_MS) process.exit(1);
    begin();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('disconnect', begin);
}
