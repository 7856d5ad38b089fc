import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { ForbiddenError, InvalidInputError } from '../errors/errors.ts';
import { sendRefusal } from '../errors/http-errors.ts';
import { makeSlots } from '../graphql/slots.ts';
import { PACE, watchPace } from '../graphql/uploads/pace.ts';
import { whenDone } from '../http/answering.ts';
import { closeAfterAnswer, refuseEndlessBody, refuseLongBody } from '../http/refusals.ts';
import type { Api } from './api.ts';
import { makeMcpServer, PHOTO_BYTES } from './tools.ts';

/** A photo in base64 with what is around it. */
const BODY_BYTES = Math.ceil(PHOTO_BYTES / 3) * 4 + 64 * 1024;
const CALLS = { ofClient: 4, all: 32 };
/** What a message may have besides its longest texts. Each name costs far more time than its bytes tell. */
const MOST_COMMAS = 2000;

/** A call holds its place while it arrives. */
function refuseSlowBody(request: Request, response: Response): void {
  const stop = watchPace(request, () => {
    stop();
    if (response.headersSent) return;
    closeAfterAnswer(request, response);
    const message = `The call is too slow: it must bring ${PACE.bytesPerSecond / 1024} KiB a second.`;
    sendRefusal(response, new InvalidInputError(message, { code: 'UPLOAD_TOO_SLOW' }));
  });
  request.once('end', stop);
  response.once('close', stop);
}

/** A megabyte of names keeps the protocol's library for half a second, with everybody waiting. */
function refuseManyParts(_request: unknown, _response: unknown, body: Buffer): void {
  let commas = 0;
  for (let at = body.indexOf(','); at >= 0; at = body.indexOf(',', at + 1)) {
    commas += 1;
    if (commas > MOST_COMMAS) {
      const message = 'The call has too many arguments.';
      throw new InvalidInputError(message, { code: 'BAD_REQUEST' });
    }
  }
}

/**
 * `POST /mcp`: the Model Context Protocol over streamable HTTP, without sessions, since every call carries its key. Whoever
 * may ask /graphql may ask here: the viewer of the request has been identified before.
 */
export function mcpRoutes(
  apiOf: (response: Response) => Api,
  clientOf: (response: Response) => string,
  identifyAgain: RequestHandler,
): Router {
  const router = Router();
  const calls = makeSlots('calls', CALLS);
  const readBody = express.json({ limit: BODY_BYTES, verify: refuseManyParts });
  router.post(
    '/mcp',
    (request, response, next) => {
      response.set('Cache-Control', 'no-store');
      if (response.destroyed) return;
      // The protocol wants it: a page that no key or setting allows must not call, whatever name it gives this server.
      if (request.get('origin') !== undefined && !response.get('access-control-allow-origin')) {
        throw new ForbiddenError('Pages of this origin may not call the tools.');
      }
      const message = `The body of a call may have ${Math.floor(BODY_BYTES / 1024)} KiB.`;
      const error = new InvalidInputError(message, { code: 'BODY_TOO_LARGE' });
      refuseLongBody(request, response, BODY_BYTES, error);
      whenDone(response, calls.take(clientOf(response)));
      refuseEndlessBody(request, response, BODY_BYTES, error);
      refuseSlowBody(request, response);
      readBody(request, response, next);
    },
    identifyAgain,
    async (request, response) => {
      if (Array.isArray(request.body)) {
        throw new InvalidInputError('Send one message at a time.', { code: 'BAD_REQUEST' });
      }
      const server = makeMcpServer(apiOf(response));
      const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
      response.once('close', () => void server.close());
      await server.connect(transport);
      await transport.handleRequest(request, response, request.body);
    },
  );
  router.all('/mcp', (_, response) => {
    response.set('Allow', 'POST');
    throw new InvalidInputError('Calls are sent by POST; there are no sessions and no streams.', {
      code: 'METHOD_NOT_ALLOWED',
    });
  });
  return router;
}
