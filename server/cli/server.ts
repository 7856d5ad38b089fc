import { z } from 'zod';
import type { Config } from '../config.ts';
import { readServerFile, type ServerFile } from '../db/lock.ts';

const Answer = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

/** The server that runs on this data folder and listens; null where none does. */
export async function findServer({ dataDir }: Config): Promise<ServerFile | null> {
  const server = await readServerFile(dataDir);
  return server && server.port > 0 ? server : null;
}

/** The address of a server of this machine. */
export function urlOf({ host, port }: ServerFile): string {
  const address = host === '0.0.0.0' || host === '::' || host === '' ? '127.0.0.1' : host;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** One operation, with the control token that only the server's own user can read. Throws what the server says. */
export async function askServer(server: ServerFile, query: string, variables: object = {}): Promise<unknown> {
  const response = await fetch(`${urlOf(server)}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = Answer.parse(await response.json());
  if (errors?.[0]) throw new Error(errors[0].message);
  return data;
}
