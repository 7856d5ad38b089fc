import { AsyncLocalStorage } from 'node:async_hooks';
import { type IncomingMessage, Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants } from 'node:zlib';
import compression from 'compression';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { InvalidInputError } from './errors/errors.ts';
import { answerBy } from './http/answering.ts';
import { compressedFiles } from './http/compressed-files.ts';

const WEB = fileURLToPath(new URL('../web', import.meta.url));

/** A page becomes a sixth smaller than with gzip, in little more time. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** A GraphQL operation that a page asks while it is rendered here. */
export interface PageQuery {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** What a client would have got over HTTP. */
export interface PageAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Answers a page's queries as if the client had sent them that asked for the page: they count to its limits. */
export type AnswerFor = (request: Request) => (query: PageQuery) => Promise<PageAnswer>;

/** The pages' way to the API, by which web/lib/api/in-server.ts knows it. */
const BRIDGE = Symbol.for('armoire.pages');

/** The request for which Next renders. */
interface Rendered {
  answer: ReturnType<AnswerFor>;
  setNotFound(): void;
  isWithinVisit: boolean;
  nonce: string;
}

export interface PagesPlace {
  readonly host: string;
  readonly port: number;
  /** Where browsers find the pages, such as `https://shop.example`; null where nobody has said. */
  readonly publicOrigin: string | null;
}

/** The pages of web/, built before by `next build web`. */
export async function openPages(place: PagesPlace): Promise<(answerFor: AnswerFor) => RequestHandler> {
  // Loaded here alone, so that a server without pages does not pay for it.
  const { default: next } = await import('next');
  const { usualAddress } = await import('../web/lib/path-id.ts');
  const checkHeaders = await openHeaderCheck();
  // Next takes over its server's upgrades and never answers them. Without a listener, ours are ordinary requests.
  const httpServer = new Server();
  const { host: hostname, port } = place;
  const pages = next({ dev: false, dir: WEB, hostname, port, httpServer, quiet: true });
  await pages.prepare();
  const handle = pages.getRequestHandler();
  return (answerFor) => {
    // Next renders in this process, so what belongs to the request reaches the page without a header of ours.
    const rendering = new AsyncLocalStorage<Rendered>();
    const current = () => {
      const page = rendering.getStore();
      if (!page) throw new Error('A page asks the server outside of a request.');
      return page;
    };
    const bridge = {
      publicOrigin: place.publicOrigin,
      answer: (query: PageQuery) => current().answer(query),
      setNotFound: () => current().setNotFound(),
      isWithinVisit: () => current().isWithinVisit,
      get nonce() {
        return current().nonce;
      },
    };
    Object.assign(globalThis, { [BRIDGE]: bridge });
    const render: RequestHandler = (request, response) => {
      const address = usualAddress(request.originalUrl);
      if (address !== null) return response.redirect(308, address);
      checkHeaders(request);
      // A shop without a language of its own is read in the browser's.
      response.vary('Accept-Language');
      hideBuiltPage(request);
      nameNonce(request, response);
      const { nonce } = response.locals;
      // The pages' own scripts ask for the content alone, and show it.
      const isWithinVisit = request.get('rsc') !== undefined;
      const setNotFound = () => {
        if (!isWithinVisit && !response.headersSent) response.statusCode = 404;
      };
      return rendering.run({ answer: answerFor(request), setNotFound, isWithinVisit, nonce }, () =>
        answerBy(response, handle(request as IncomingMessage, response)),
      );
    };
    return Router()
      .use('/_next/static', compressedFiles(join(WEB, '.next/static')))
      .use(compression({ brotli: BROTLI }), render);
  };
}

/** The one page that Next renders while it builds, so without a nonce, has an address too. It answers like any without a page. */
function hideBuiltPage(request: Request): void {
  if (/_global-error/i.test(decodeURIComponent(request.path))) request.url = '/_not-found';
}

/** Next gives its scripts the nonce that it finds in a request's own policy: the one that browsers are told. */
function nameNonce(request: Request, response: Response): void {
  const policy = 'content-security-policy';
  delete request.headers[`${policy}-report-only`];
  request.headers[policy] = String(response.get(policy));
}

/** Next throws at what its own pages would not send, and renders what none of them asks for. */
async function openHeaderCheck(): Promise<(request: Request) => void> {
  // Next's own check.
  const { parseAndValidateFlightRouterState: parse } = await import(
    'next/dist/server/app-render/parse-and-validate-flight-router-state.js'
  );
  return ({ headers }) => {
    try {
      parse(headers['next-router-state-tree']);
    } catch (cause) {
      const message = 'The header Next-Router-State-Tree cannot be read.';
      throw new InvalidInputError(message, { code: 'BAD_REQUEST', cause });
    }
    if (headers['next-router-prefetch'] !== '1') delete headers['next-router-prefetch'];
  };
}
