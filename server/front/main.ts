/** The pages in a process of their own, apart from the API: the `web` image. Everything else is handed on to the API. */
import { once } from 'node:events';
import express from 'express';
import { clientOf } from '../access/client.ts';
import { handleHttpErrors } from '../errors/http-errors.ts';
import { API_PATHS } from '../http/api-paths.ts';
import { firstHandlers } from '../http/first-handlers.ts';
import { answerLive } from '../http/live.ts';
import { endUnread, refuseWrites } from '../http/refusals.ts';
import { nameRequest } from '../http/request-id.ts';
import { openHttp } from '../http/server.ts';
import { onShutdown } from '../http/stop.ts';
import { makeTurns } from '../http/turns.ts';
import { makeLog } from '../log.ts';
import { openPages } from '../pages.ts';
import { answerFrom } from './answer.ts';
import { loadFrontConfig } from './config.ts';
import { proxyTo } from './proxy.ts';

// Before React is loaded: it chooses its build by it.
Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV || 'production' });

try {
  const config = loadFrontConfig();
  const pages = (await openPages(config))(answerFrom(config.api));
  const api = proxyTo(config.api);
  const app = express();
  app.set('trust proxy', config.proxies);
  app.disable('x-powered-by');
  app.use(nameRequest, ...firstHandlers);
  app.get('/livez', answerLive);
  const paths = [...API_PATHS, '/healthz'];
  app.use((request, response, next) =>
    paths.some((path) => request.path === path || request.path.startsWith(`${path}/`))
      ? api.handle(request, response, next)
      : next(),
  );
  // What is handed on has its turns at the API.
  const turns = makeTurns(
    ({ ip }) => clientOf(ip),
    () => false,
  );
  app.use(endUnread, refuseWrites, turns.enter, pages);
  app.use(handleHttpErrors(makeLog('error')));
  const server = openHttp(app, config.requestSeconds * 1000);
  onShutdown(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.endArriving();
    api.endStreams();
    await closed;
  });
  server.listen(config.port, config.host);
  await once(server, 'listening');
  console.log(`The pages are ready on ${config.host}:${config.port}; the API is at ${config.api.origin}.`);
} catch (error) {
  for (let cause = error; cause instanceof Error; cause = cause.cause) console.error(cause.message);
  process.exit(1);
}
