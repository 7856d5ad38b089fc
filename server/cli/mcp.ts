/**
 * `npm run --silent mcp`: the Model Context Protocol over standard input and output. It hands every message on to /mcp of
 * a running server, so that keys, limits and shops are those of that server. ARMOIRE_URL is the server's address, by
 * default that of the one that runs on DATA_DIR; ARMOIRE_KEY a key of the shop, by default none.
 */
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  InitializeResultSchema,
  isInitializeRequest,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { loadConfig, readEnvironment } from '../config.ts';
import { findServer, urlOf } from './server.ts';

/** JSON-RPC: of the server's own making. */
const SERVER_ERROR = -32_000;

const Environment = z.object({
  ARMOIRE_URL: z
    .url({ protocol: /^https?$/, error: 'must be the address of the server, such as https://shop.example' })
    .optional(),
  ARMOIRE_KEY: z.string().min(1).optional(),
});

async function main(): Promise<void> {
  const { ARMOIRE_URL, ARMOIRE_KEY } = readEnvironment(Environment, process.env);
  const server = ARMOIRE_URL ?? (await addressHere());
  const headers = ARMOIRE_KEY === undefined ? {} : { authorization: `Bearer ${ARMOIRE_KEY}` };
  const remote = new StreamableHTTPClientTransport(new URL('/mcp', server), { requestInit: { headers } });
  const local = new StdioServerTransport();
  const sent = new Set<Promise<void>>();
  let initializing: RequestId | null = null;

  remote.onmessage = (message) => {
    if (isJSONRPCResultResponse(message) && message.id === initializing) {
      const result = InitializeResultSchema.safeParse(message.result);
      if (result.success) remote.setProtocolVersion(result.data.protocolVersion);
    }
    void local.send(message);
  };
  local.onmessage = (message) => {
    if (isJSONRPCRequest(message) && isInitializeRequest(message)) initializing = message.id;
    const answered = remote
      .send(message)
      .catch((error: unknown) => answerFailure(local, message, error))
      .finally(() => sent.delete(answered));
    sent.add(answered);
  };
  local.onclose = () => void remote.close();
  // Whoever has nothing more to ask, such as a script that pipes its calls in, still wants the answers.
  process.stdin.once('end', () => void Promise.all(sent).then(() => local.close()));
  await remote.start();
  await local.start();
}

/** A request gets the server's refusal as its answer; a notification has none. */
function answerFailure(local: StdioServerTransport, message: JSONRPCMessage, error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  if (isJSONRPCRequest(message)) {
    void local.send({ jsonrpc: '2.0', id: message.id, error: { code: SERVER_ERROR, message: text } });
  } else {
    console.error(text);
  }
}

async function addressHere(): Promise<string> {
  const server = await findServer(loadConfig());
  if (!server) {
    throw new Error('No server runs on the data folder. Start one with npm start, or set ARMOIRE_URL.');
  }
  return urlOf(server);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
