import { createHash } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type AccessRules, authenticate, authenticateByAddress, findKey } from '../access/authenticate.ts';
import { allowOrigin } from '../access/cors.ts';
import { hashKey } from '../access/keys.ts';
import { remember } from '../access/remember.ts';
import type { Viewer } from '../access/viewer.ts';
import { InvalidInputError, NotFoundError } from '../errors/errors.ts';
import { retryOf } from '../errors/status.ts';
import { answerBy } from '../http/answering.ts';
import { type Answer, makeAnswers } from './answers.ts';
import { findDocument } from './documents.ts';
import { readCatalogueVersion } from './version.sql.ts';

/** A key that is revoked, and a change of the catalogue, count after so long at the latest. */
const REMEMBERED_MS = 1000;
/** Sales and rules begin and end without a change of the catalogue: an answer is new after so long, whatever changed. */
const PERIOD_MS = 5 * 60_000;
/** Browsers and CDNs show an answer at most as long as its period while they ask again, and longer only if nobody answers. */
const SHARED = 'public, max-age=60, stale-while-revalidate=240, stale-if-error=86400';
const VARIABLES_CHARACTERS = 2000;
/** There is nothing in a refusal that another page must not read, and a shop's own has to be told what is wrong. */
const REFUSAL = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' };

type Variables = Readonly<Record<string, unknown>>;

/** The API as this viewer asks it. */
export type AskAs = (
  viewer: Viewer,
  query: string,
  variables: Variables,
) => Promise<{ status: number; body: unknown }>;

/**
 * `GET /graphql?documentId=sha256:…&variables={…}&key=armw_…`: the widget's own queries, by the hashes of their texts
 * (persisted documents of the GraphQL-over-HTTP specification). Without a header of its own, a request needs no preflight,
 * and with the key in its address, a CDN may keep the answer. Other queries have no such door: a key in the address of one is
 * refused, since whoever put it there would else be answered as anybody. `turn` lets in a few requests of a client at a time.
 */
export function widgetRoutes(access: AccessRules, ask: AskAs, turn: RequestHandler): Router {
  const { db } = access;
  const answers = makeAnswers();
  const find = remember(REMEMBERED_MS, (key, client: string) => findKey(db, hashKey(key), client));
  // Where searches are: a replica that lags must not answer under a version that it has not seen.
  const versionOf = remember(REMEMBERED_MS, (shopId) =>
    db.as('widgets').readInShop(shopId, (tx) => readCatalogueVersion(tx, shopId)),
  );

  async function viewerOf(request: Request): Promise<Viewer> {
    const sent = { origin: request.get('origin'), referer: request.get('referer'), address: request.ip };
    const { key } = request.query;
    if (key === undefined)
      return authenticate(access, { ...sent, authorization: request.get('authorization') });
    if (typeof key !== 'string' || !/^[\w-]{20,100}$/.test(key)) throw badRequest('The key cannot be read.');
    return authenticateByAddress(access, key, sent, find);
  }

  const refuseKey: RequestHandler = async (request, response, next) => {
    const { key, documentId } = request.query;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (key === undefined || (isRead && documentId !== undefined)) return next();
    response.set(REFUSAL);
    // What is worse comes first: a key that must not be known, and is now.
    await viewerOf(request);
    throw badRequest(
      'A key in the address opens the documents of the widget alone, by documentId. Otherwise send it as "Authorization: Bearer KEY".',
    );
  };

  const answer: RequestHandler = async (request, response, next) => {
    if (request.query.documentId === undefined) return next();
    try {
      const viewer = await viewerOf(request);
      const query = findDocument(request.query.documentId);
      if (query === null) throw new NotFoundError('There is no document of this id here.');
      const variables = readVariables(request.query.variables);
      const version = await versionOf(viewer.shopId);
      const period = Math.floor(Date.now() / PERIOD_MS);
      const name = nameOf(viewer, query, variables);
      allowPage(request, response, viewer);
      const etag = `W/"${version}-${period.toString(36)}-${name}"`;
      response.set({ ETag: etag, 'Cache-Control': isShared(request, viewer) ? SHARED : 'private, no-cache' });
      if (request.fresh) return void response.status(304).end();
      response.locals.viewer = viewer;
      // Who hangs up meanwhile is never let in: nobody may wait for this one's answer yet.
      await new Promise<void>((go, stop) => turn(request, response, (error) => (error ? stop(error) : go())));
      const answering = answers(etag, async () => toAnswer(await ask(viewer, query, variables)));
      send(response, await answerBy(response, answering));
    } catch (error) {
      response.removeHeader('ETag');
      response.set(REFUSAL);
      next(error);
    }
  };
  return Router().use(['/graphql', '/mcp'], refuseKey).get('/graphql', answer);
}

/**
 * Whether everybody who knows the address would get the same: with its key, from the page whose host is in it. A key in a header, or
 * another page, is not part of what a CDN looks up.
 */
function isShared(request: Request, { role }: Viewer): boolean {
  if (role !== 'anonymous' && role !== 'widget') return false;
  if (request.get('authorization') !== undefined) return false;
  const { host } = request.query;
  return host === undefined || host === hostOf(request.get('origin'));
}

function hostOf(origin: string | undefined): string | null {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : null;
}

/** What the answer depends on beside the catalogue and the time. */
function nameOf({ shopId, role, holdOut }: Viewer, query: string, variables: Variables): string {
  const sorted = Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([shopId, role, holdOut ?? 0, query, sorted]))
    .digest('base64url')
    .slice(0, 22);
}

/** The page that the key is for may read the answer; other sites' pages as CORS_ORIGINS has it. */
function allowPage(request: Request, response: Response, { role }: Viewer): void {
  const origin = request.get('origin');
  if (role === 'widget' && origin !== undefined) allowOrigin(response, origin);
}

function readVariables(text: unknown): Variables {
  if (text === undefined) return {};
  if (typeof text !== 'string' || text.length > VARIABLES_CHARACTERS) {
    throw badRequest(`The variables must be JSON of at most ${VARIABLES_CHARACTERS} characters.`);
  }
  try {
    const variables: unknown = JSON.parse(text);
    if (typeof variables === 'object' && variables !== null && !Array.isArray(variables)) {
      return variables as Variables;
    }
  } catch {
    // Told below.
  }
  throw badRequest('The variables must be an object in JSON.');
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** Without what the answer cost: it is of one client and one moment. */
function toAnswer({ status, body }: { status: number; body: unknown }): Answer {
  const { data, errors } = body as Body;
  return { status, body: Buffer.from(JSON.stringify({ errors, data })), isKept: status === 200 && !errors };
}

function send(response: Response, { status, body, isKept }: Answer): void {
  if (!isKept) {
    response.removeHeader('ETag');
    response.set('Cache-Control', 'no-store');
    const { errors } = JSON.parse(body.toString()) as Body;
    const retry = errors?.map(({ extensions }) => retryOf(extensions)).find((one) => one !== null);
    if (retry) response.set('Retry-After', retry.seconds);
  }
  response.status(status).type('application/json').send(body);
}

function badRequest(message: string): InvalidInputError {
  return new InvalidInputError(message, { code: 'BAD_REQUEST' });
}
