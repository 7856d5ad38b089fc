import type { Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { type AccessRules, authenticate } from './access/authenticate.ts';
import { clientOf as clientAt } from './access/client.ts';
import { allowOrigin, allowOrigins } from './access/cors.ts';
import { hasRole, type Viewer } from './access/viewer.ts';
import { backupRoutes } from './backup/http.ts';
import { errorListRoutes } from './catalogue/imports/errors-http.ts';
import { itemListRoutes } from './catalogue/staff/items-http.ts';
import type { Context, Services } from './context.ts';
import { InvalidInputError, NotFoundError } from './errors/errors.ts';
import { handleHttpErrors } from './errors/http-errors.ts';
import { maskErrors } from './errors/mask-error.ts';
import { cropRoutes } from './garments/crops-http.ts';
import { costReport } from './graphql/cost-report.ts';
import { fewErrors, MOST_ERRORS } from './graphql/few-errors.ts';
import { httpStatus } from './graphql/http-status.ts';
import { keepIntrospection } from './graphql/introspection.ts';
import { queryLimits } from './graphql/query-limits.ts';
import { refuseRepeatedFields } from './graphql/repeated-fields.ts';
import { openSubscriptions } from './graphql/subscriptions/http.ts';
import { traceOperations } from './graphql/trace-operations.ts';
import { acceptUploads, isMultipart, requirePreflight, type Sender } from './graphql/uploads/accept.ts';
import { uploadOf } from './graphql/uploads/upload.ts';
import { answerHealth } from './health/http.ts';
import { answerBy } from './http/answering.ts';
import { API_PATHS } from './http/api-paths.ts';
import { firstHandlers } from './http/first-handlers.ts';
import { answerLive } from './http/live.ts';
import { endUnread, refuseEndlessBody, refuseLongBody, refuseWrites } from './http/refusals.ts';
import { logRequests, nameRequest } from './http/request-id.ts';
import { openHttp } from './http/server.ts';
import { REQUESTS_MS } from './http/stop.ts';
import { makeTurns } from './http/turns.ts';
import { ByteCache } from './images/cache.ts';
import { imageRoutes, makeImageLoader } from './images/http.ts';
import type { LoadImage } from './images/serve.ts';
import { insightsRoutes } from './insights/csv-http.ts';
import { createLoaders } from './loaders.ts';
import { type Api as McpApi, toToolError } from './mcp/api.ts';
import { mcpRoutes } from './mcp/http.ts';
import type { Instruments } from './metrics/instruments.ts';
import { observeOperations, observeRequests } from './metrics/observe.ts';
import type { AnswerFor } from './pages.ts';
import { makeSchema } from './schema.ts';
import { traceRequests } from './tracing/requests.ts';
import { previewRoutes } from './try-on/http.ts';
import { type AskAs, widgetRoutes } from './widget/http.ts';

const BODY_BYTES = 256 * 1024;
/** How long after its key was looked up a request may begin. One whose body arrives with it begins within milliseconds. */
const IDENTIFIED_FOR_MS = 250;
/** Of images that were resized or cut out. */
const IMAGE_CACHE_BYTES = 64 * 1024 * 1024;

export interface App {
  readonly http: Server;
  /** Lets the requests that are under way end. */
  stop(): Promise<void>;
}

/** One port for all: /graphql, /mcp, /images, /crops, /previews, /imports/…/errors.csv, /insights/…, /healthz, /livez, and `pages` for the rest. */
export async function makeApp(
  services: Services,
  access: AccessRules,
  pages?: (answerFor: AnswerFor) => RequestHandler,
  instruments: Instruments | null = null,
): Promise<App> {
  const { config, log } = services;
  const app = express();
  const http = openHttp(app, config.limits.requestSeconds * 1000);
  app.set('trust proxy', config.trustProxy);
  app.disable('x-powered-by');
  if (config.traces) app.use(traceRequests);
  app.use(nameRequest, logRequests(log));
  if (instruments) app.use(observeRequests(instruments));
  app.use(...firstHandlers, endUnlessUpload);
  app.get('/healthz', answerHealth(services));
  app.get('/livez', answerLive);

  const schema = await makeSchema();
  const formatError = maskErrors(log);
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: config.introspection,
    includeStacktraceInErrorResponses: false,
    formatError,
    parseOptions: { maxTokens: config.limits.tokens },
    validationOptions: { maxErrors: MOST_ERRORS },
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [
      queryLimits(schema, config.limits, ({ limiter, viewer }, cost) => limiter.spend(viewer, cost)),
      keepIntrospection(),
      costReport(({ limiter, viewer }) => limiter.report(viewer)),
      httpStatus,
      fewErrors,
      ...(config.traces ? [traceOperations] : []),
      ...(instruments ? [observeOperations(instruments)] : []),
      ApolloServerPluginLandingPageDisabled(),
      // No field has a hint, and weighing each of an answer takes a good part of its time.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: http, stopGracePeriodMillis: REQUESTS_MS }),
    ],
  });
  await apollo.start();

  app.use(API_PATHS, allowOrigins(config.corsOrigins, services.db));
  const turns = makeTurns(turnOf, isAdmittedElsewhere);
  app.use(widgetRoutes(access, askAs(apollo, services), turns.enter));
  app.use(API_PATHS, identifyFirst(access));
  app.use('/backup', identifyFirst(access), backupRoutes(services));
  app.use(turns.enter);
  const imageCache = new ByteCache(IMAGE_CACHE_BYTES);
  const loadImage = makeImageLoader(services, imageCache);
  app.use(imageRoutes(services, loadImage));
  app.use(cropRoutes(services, imageCache));
  app.use(previewRoutes(services));
  app.use(errorListRoutes(services));
  app.use(itemListRoutes(services));
  app.use(insightsRoutes(services));
  const identifyLate = identifyAgain(access);
  app.use(mcpRoutes(makeMcpApi(apollo, services, loadImage), clientOf, identifyLate));
  const subscriptions = openSubscriptions({
    schema,
    limits: config.limits,
    formatError,
    viewerOf: (request) => viewerOf(access, request),
    contextOf: (viewer, signal) => ({ ...contextOf(services, viewer), signal }),
    onOpen: turns.leave,
  });
  const graphql = expressMiddleware(apollo, {
    context: async ({ res }) => contextOf(services, res.locals.viewer as Viewer),
  });
  app.use(
    '/graphql',
    neverStored,
    requirePreflight,
    boundBody,
    express.json({ limit: BODY_BYTES }),
    acceptUploads(config, senderOf, (request, response) => identify(access, request, response)),
    // Bodies may all end at the same moment.
    turns.begin,
    identifyLate,
    refuseRepeatedFields(config.limits.tokens),
    subscriptions.handle,
    (request, response, next) => answerBy(response, Promise.resolve(graphql(request, response, next))),
  );
  if (pages) app.use(refuseWrites, pages(answerInProcess(apollo, services, access)));
  app.use(handleHttpErrors(log));
  return {
    http,
    async stop() {
      subscriptions.stop();
      http.endArriving();
      await apollo.stop();
    },
  };
}

/** Without the network: whoever asks for a page asks its queries too, anonymous, from the same address. */
function answerInProcess(apollo: ApolloServer<Context>, services: Services, access: AccessRules): AnswerFor {
  const ask = askAs(apollo, services);
  return (request) => async (query) => {
    const viewer = await authenticate(access, { authorization: undefined, address: request.ip });
    return ask(viewer, query.query, query.variables);
  };
}

/** Without the network, as this viewer: objects and statuses are what they would be over HTTP. */
function askAs(apollo: ApolloServer<Context>, services: Services): AskAs {
  return async (viewer, query, variables) => {
    const { http, body } = await apollo.executeOperation(
      { query, variables },
      { contextValue: contextOf(services, viewer) },
    );
    if (body.kind !== 'single') throw new Error('Nobody asks here for answers in parts.');
    // Plain objects, and scalars as they are written.
    return { status: http.status ?? 200, body: JSON.parse(JSON.stringify(body.singleResult)) };
  };
}

/** The tools ask what a client with the same key would ask of /graphql, and count to its limits. */
function makeMcpApi(apollo: ApolloServer<Context>, services: Services, loadImage: LoadImage) {
  return (response: Response): McpApi => {
    const viewer = response.locals.viewer as Viewer;
    const { shopId, client } = viewer;
    const contextValue = contextOf(services, viewer);
    return {
      async ask(query, variables) {
        const asking = apollo.executeOperation({ query, variables }, { contextValue });
        const { body } = await answerBy(response, asking);
        if (body.kind !== 'single') throw new Error('Tools ask for no answers in parts.');
        const { data, errors } = body.singleResult;
        if (errors?.[0]) throw toToolError(errors[0]);
        return JSON.parse(JSON.stringify(data));
      },
      upload: uploadOf,
      async picture(url) {
        const [, sha256, width] = /^\/images\/([0-9a-f]{64})\.webp(?:\?w=(\d+))?/.exec(url) ?? [];
        if (sha256 === undefined) return null;
        return loadImage(shopId, sha256, Number(width) || null, client).then(
          ({ bytes }) => bytes,
          (error: unknown) => {
            if (error instanceof NotFoundError) return null;
            throw error;
          },
        );
      },
    };
  };
}

function clientOf({ locals }: Response): string {
  return (locals.viewer as Viewer).client;
}

/** Pages are asked for without a key. */
function turnOf({ ip }: Request, { locals }: Response): string {
  return (locals.viewer as Viewer | undefined)?.client ?? clientAt(ip);
}

/** Uploads and calls of tools have limits of their own, and are refused rather than kept waiting. */
function isAdmittedElsewhere({ headers, method, path }: Request): boolean {
  return method === 'POST' && (path === '/mcp' || (path === '/graphql' && isMultipart(headers)));
}

function senderOf({ locals }: Response): Sender {
  const viewer = locals.viewer as Viewer;
  const mayImport = hasRole(viewer, 'merchandiser');
  // A shop has as many keys as it likes.
  return { client: mayImport ? viewer.shopId : viewer.client, mayImport };
}

export function contextOf(services: Services, viewer: Viewer): Context {
  const { shopId, client } = viewer;
  const db = services.db.as(client);
  const loaders = createLoaders(db, shopId, hasRole(viewer, 'merchandiser'));
  return { ...services, db, shopId, viewer, loaders, limiter: services.limiter.forRequest() };
}

function identifyFirst(access: AccessRules): RequestHandler {
  return async (request, response, next) => {
    await identify(access, request, response);
    next();
  };
}

/** Before an operation that begins later than its request: a key may have been revoked while the body arrived. */
function identifyAgain(access: AccessRules): RequestHandler {
  return async (request, response, next) => {
    if (performance.now() - (response.locals.identifiedAt as number) > IDENTIFIED_FOR_MS) {
      await identify(access, request, response);
    }
    next();
  };
}

async function identify(access: AccessRules, request: Request, response: Response): Promise<void> {
  const viewer = await viewerOf(access, request);
  const origin = request.get('origin');
  // The page that its key is for may read the answer.
  if (viewer.role === 'widget' && origin !== undefined) allowOrigin(response, origin);
  response.locals.viewer = viewer;
  response.locals.identifiedAt = performance.now();
}

function viewerOf(access: AccessRules, request: Request): Promise<Viewer> {
  return authenticate(access, {
    authorization: request.get('authorization'),
    origin: request.get('origin'),
    referer: request.get('referer'),
    address: request.ip,
  });
}

/** The reader of uploads goes on to the end of one that it refuses, so that a slow client hears why. */
const endUnlessUpload: RequestHandler = (request, response, next) =>
  isMultipart(request.headers) && request.path === '/graphql' ? next() : endUnread(request, response, next);

/** Multipart requests have limits of their own. */
const boundBody: RequestHandler = (request, response, next) => {
  if (!isMultipart(request.headers)) {
    const message = `The body of a request may have ${BODY_BYTES / 1024} KiB.`;
    const error = new InvalidInputError(message, { code: 'BODY_TOO_LARGE' });
    refuseLongBody(request, response, BODY_BYTES, error);
    refuseEndlessBody(request, response, BODY_BYTES, error);
  }
  next();
};

/** An answer is of one key and one moment. */
const neverStored: RequestHandler = (_, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
