import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeApp } from './app.ts';
import { importDemo } from './catalogue/imports/demo.ts';
import { startImportWorker } from './catalogue/worker/worker.ts';
import type { Config } from './config.ts';
import { startKeepingSmall } from './insights/keep.ts';
import { addGauges } from './metrics/gauges.ts';
import { type Instruments, makeInstruments } from './metrics/instruments.ts';
import { makeMetricsServer } from './metrics/serve.ts';
import { startReadingAttributes } from './models/read-attributes.ts';
import { startReembedding } from './models/reembed.ts';
import { openPages } from './pages.ts';
import { startSweep } from './photos/sweep.ts';
import { type OpenServices, openServices } from './services.ts';
import { noteSpan } from './tracing/spans.ts';
import type { OnTiming } from './vision/timing.ts';
import { openVision } from './vision/vision.ts';
import { startWatchdog } from './watchdog/watchdog.ts';
import { startWebhooks } from './webhooks/start.ts';

export interface RunningServer {
  readonly address: string;
  readonly opened: OpenServices;
  stop(): Promise<void>;
}

/** Opens all parts, listens, and works on imports until it is stopped. `showFirstKey`: see `openServices`. */
export async function startServer(
  config: Config,
  showFirstKey?: (key: string) => void,
): Promise<RunningServer> {
  const { metricsPort } = config;
  const instruments = metricsPort === undefined ? null : makeInstruments();
  const [opening, paging] = await Promise.allSettled([
    openServices(config, {
      showFirstKey,
      vision: () => openVision({ ...config, ...onTiming(instruments, config.traces) }),
    }),
    config.web ? openPages(config) : undefined,
  ]);
  if (opening.status === 'rejected') throw opening.reason;
  const opened = opening.value;
  const { services, access, shop, lock } = opened;
  const watchdog = startWatchdog(config.watchdogSeconds, services.inHand);
  try {
    if (paging.status === 'rejected') throw paging.reason;
    const app = await makeApp(services, access, paging.value, instruments);
    const port = await listen(app.http, config.host, config.port);
    await lock.announce(config.host, port);
    const metrics = instruments && makeMetricsServer(instruments.registry);
    if (metrics) {
      addGauges(instruments.registry, services);
      await listen(metrics, config.host, metricsPort!);
    }
    const worker = await startImportWorker(services);
    const sweep = startSweep(services);
    const reembedding = startReembedding(services);
    const reading = startReadingAttributes(services);
    const keeping = startKeepingSmall(services);
    const webhooks = startWebhooks(services);
    const drawing = new AbortController();
    const demo = shop.isDemo && config.demo ? fillDemo(opened, drawing.signal) : undefined;
    const stop = async () => {
      drawing.abort();
      metrics?.close();
      // The worker takes no more items while the requests that are under way end.
      await Promise.all([
        app.stop(),
        worker.stop(),
        sweep.stop(),
        reembedding.stop(),
        reading.stop(),
        keeping.stop(),
        webhooks.stop(),
        demo,
      ]);
      await opened.close();
      await watchdog.stop();
    };
    return { address: `http://${nameOf(config.host)}:${port}`, opened, stop };
  } catch (error) {
    await opened.close();
    await watchdog.stop();
    throw error;
  }
}

/** Who is told how long the model takes, if anybody is. */
function onTiming(instruments: Instruments | null, traces: boolean): { onTiming?: OnTiming } {
  if (!instruments && !traces) return {};
  return {
    onTiming(stage, milliseconds) {
      instruments?.onTiming(stage, milliseconds);
      noteSpan(stage, milliseconds);
    },
  };
}

/** In the background; what is cut short goes on at the next start. */
function fillDemo({ services, shop }: OpenServices, signal: AbortSignal): Promise<void> {
  return importDemo(services, shop.id, { count: services.config.demoItems, signal }).catch(
    (error: unknown) => {
      services.log.error('The demo shop could not be filled; the next start tries again.', error);
    },
  );
}

function listen(http: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is in use. Choose another one, such as PORT=${port + 1} npm start.`)
          : error,
      ),
    );
    http.listen(port, host, () => resolve((http.address() as AddressInfo).port));
  });
}

/** What to type into a browser. */
function nameOf(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
