import { z } from 'zod';
import { publicOrigin, readEnvironment } from '../config.ts';

const Environment = z.object({
  API_ORIGIN: z.url({
    protocol: /^https?$/,
    error: 'must be the address of the server, such as http://server:4000',
  }),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_ORIGIN: publicOrigin,
  HOST: z.string().default('127.0.0.1'),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(1),
  REQUEST_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(3600).default(120),
});

export interface FrontConfig {
  /** The server, to which everything but pages is handed on. */
  readonly api: URL;
  readonly publicOrigin: string | null;
  readonly port: number;
  readonly host: string;
  /** Proxies between the clients and this process. */
  readonly proxies: number;
  readonly requestSeconds: number;
}

/** Throws with one line for each bad variable. */
export function loadFrontConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): FrontConfig {
  const { API_ORIGIN, PUBLIC_ORIGIN, PORT, HOST, TRUST_PROXY, REQUEST_TIMEOUT_SECONDS } = readEnvironment(
    Environment,
    environment,
  );
  return {
    api: new URL(API_ORIGIN),
    publicOrigin: PUBLIC_ORIGIN ?? null,
    port: PORT,
    host: HOST,
    // The same number as the server's, which counts this process too.
    proxies: Math.max(0, TRUST_PROXY - 1),
    requestSeconds: REQUEST_TIMEOUT_SECONDS,
  };
}
