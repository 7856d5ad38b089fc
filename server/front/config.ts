import { z } from 'zod';
import { publicOrigin } from '../config.ts';

const Environment = z.object({
  API_ORIGIN: z.url({
    protocol: /^https?$/,
    error: 'must be the address of the server, such as http://server:4000',
  }),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_ORIGIN: publicOrigin,
  HOST: z.string().default('127.0.0.1'),
  REQUEST_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(3600).default(120),
});

export interface FrontConfig {
  /** The server, to which everything but pages is handed on. */
  readonly api: URL;
  readonly publicOrigin: string | null;
  readonly port: number;
  readonly host: string;
  readonly requestSeconds: number;
}

/** Throws with one line for each bad variable. */
export function loadFrontConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): FrontConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Some environment variables are invalid.\n${lines.join('\n')}`);
  }
  const { API_ORIGIN, PUBLIC_ORIGIN, PORT, HOST, REQUEST_TIMEOUT_SECONDS } = parsed.data;
  return {
    api: new URL(API_ORIGIN),
    publicOrigin: PUBLIC_ORIGIN ?? null,
    port: PORT,
    host: HOST,
    requestSeconds: REQUEST_TIMEOUT_SECONDS,
  };
}
