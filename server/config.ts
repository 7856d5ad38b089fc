import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { LogFormat, LogLevel } from './log.ts';
import { MAX_IMAGE_BYTES } from './vision/contract.ts';
import { PROVIDERS, type Provider } from './vision/runtime/providers.ts';

/** The repository's root: relative folders are meant from here, wherever the command was typed. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

const whole = (least: number, most: number, standard: number) =>
  z.coerce.number().int().min(least).max(most).default(standard);
const folder = (standard: string) =>
  z
    .string()
    .default(standard)
    .transform((path) => resolve(ROOT, path));
const flag = (standard: boolean) =>
  z
    .enum(['true', 'false', '1', '0', 'on', 'off'])
    .default(standard ? 'true' : 'false')
    .transform((value) => value === 'true' || value === '1' || value === 'on');

/** PUBLIC_ORIGIN: where browsers find the pages. The pages' own process reads it too. */
export const publicOrigin = z
  .url({ protocol: /^https?$/, error: 'wants where browsers find the pages, such as https://shop.example' })
  .transform((url) => new URL(url).origin)
  .optional();

/** As browsers send it: of HTTP, without a path. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

const MEBIBYTE = 1024 * 1024;

const Environment = z.object({
  PORT: whole(0, 65_535, 4000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: folder('.data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be of the form postgres://user:password@host/database' })
    .optional(),
  DATABASE_READ_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be of the form postgres://user:password@host/database' })
    .optional(),
  DATABASE_POOL: whole(2, 200, 10),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the address of the store, such as https://s3.example' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'must be the name of a bucket' })
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[\w-]{1,64}$/, { error: 'must be the name of a region' })
    .default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  MODEL_DIR: folder('model/weights'),
  EXECUTION_PROVIDERS: z
    .string()
    .default('cpu')
    .transform((list) => list.split(',').flatMap((name) => name.trim().toLowerCase() || []))
    .pipe(
      z
        .array(z.enum(PROVIDERS, { error: `must be a list of ${PROVIDERS.join(', ')}, separated by commas` }))
        .min(1, { error: 'must have at least one name' }),
    ),
  CANDIDATE_MODEL_DIR: z
    .string()
    .transform((path) => resolve(ROOT, path))
    .optional(),
  PHOTO_TTL_HOURS: z.coerce.number().positive().max(8760).default(24),
  LOG: z.enum(['silent', 'error', 'info']).default('info'),
  LOG_FORMAT: z.enum(['text', 'json']).default('text'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  WEB: flag(true),
  PUBLIC_ORIGIN: publicOrigin,
  DEMO: flag(true),
  DEMO_ITEMS: whole(1, 2000, 220),
  INTROSPECTION: flag(true),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((origin) => origin.trim() || []))
    .refine(
      (origins) => origins.every(isOrigin),
      'wants origins such as https://shop.example, with commas between them',
    ),
  FETCH_ALLOW_HOSTS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((host) => host.trim() || [])),
  TRUST_PROXY: whole(0, 10, 0),
  MAX_PHOTO_MB: whole(1, MAX_IMAGE_BYTES / MEBIBYTE, MAX_IMAGE_BYTES / MEBIBYTE),
  MAX_FEED_MB: whole(1, 10_240, 512),
  MAX_QUERY_DEPTH: whole(3, 50, 12),
  MAX_QUERY_TOKENS: whole(100, 100_000, 2000),
  MAX_QUERY_COST: whole(100, 100_000_000, 20_000),
  PARSES_PER_MINUTE: whole(1, 1_000_000, 60),
  SEARCHES_PER_MINUTE: whole(1, 1_000_000, 600),
  EVENTS_PER_MINUTE: whole(1, 1_000_000, 3000),
  QUERY_COST_PER_MINUTE: whole(1000, 1_000_000_000, 1_000_000),
  WIDGET_PARSES_PER_MINUTE: whole(1, 1_000_000, 600),
  WIDGET_SEARCHES_PER_MINUTE: whole(1, 10_000_000, 6000),
  WIDGET_EVENTS_PER_MINUTE: whole(1, 10_000_000, 60_000),
  REQUEST_TIMEOUT_SECONDS: whole(1, 3600, 120),
  WATCHDOG_SECONDS: whole(0, 86_400, 120),
});

export interface LimitsPerMinute {
  /** Of one client: an anonymous one, or one of a widget's. */
  readonly parse: number;
  readonly search: number;
  readonly event: number;
  /** Fields that its queries could return, what they cost beside that included (graphql/query-limits.ts). */
  readonly cost: number;
  /** Of a widget's key over all its clients and all servers. */
  readonly widgetParse: number;
  readonly widgetSearch: number;
  readonly widgetEvent: number;
}

/** A bucket of an S3-compatible store. */
export interface S3Settings {
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Everything that the environment decides, read once at start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** PostgreSQL with pgvector; the embedded database where undefined. */
  readonly databaseUrl?: string | undefined;
  /** A replica of that PostgreSQL, for searches that may be a little late. */
  readonly databaseReadUrl?: string | undefined;
  /** Connections to PostgreSQL, and as many to its replica; the embedded database always has one. */
  readonly databasePool: number;
  /** Where pictures and uploads are kept; the data folder where undefined. */
  readonly s3?: S3Settings | undefined;
  readonly modelDir: string;
  /** Where to run the model, the preferred first. */
  readonly providers: readonly Provider[];
  /** A model that is to take the place of modelDir's: its embedder works beside that one's. */
  readonly candidateDir?: string | undefined;
  readonly photoTtlHours: number;
  readonly log: LogLevel;
  /** Lines for people, or an object a line. */
  readonly logFormat: LogFormat;
  /** Whether OpenTelemetry's variables name a collector of traces. */
  readonly traces: boolean;
  /** Where `/metrics` is served; nowhere if undefined. */
  readonly metricsPort?: number | undefined;
  /** Whether to serve the pages of web/ beside the API. */
  readonly web: boolean;
  /** For absolute addresses in what pages tell other sites; null where it is not known. */
  readonly publicOrigin: string | null;
  /** Whether to fill a new, empty database with the demo shop. */
  readonly demo: boolean;
  /** How many items the demo shop has. */
  readonly demoItems: number;
  readonly introspection: boolean;
  /** Origins of other sites that may call the API from a browser; none by default. */
  readonly corsOrigins: readonly string[];
  /** Hosts ("images.internal", "localhost:8080") from which feeds may name images though they are not public. */
  readonly fetchAllowHosts: readonly string[];
  /** How many proxies stand in front: decides which address counts as the client's. */
  readonly trustProxy: number;
  /** How long the main thread may not turn until the process ends itself; 0 for ever. */
  readonly watchdogSeconds: number;
  readonly limits: {
    readonly photoBytes: number;
    readonly feedBytes: number;
    readonly depth: number;
    readonly tokens: number;
    /** Fields of one answer at the most, lists counted at their `first`. */
    readonly cost: number;
    readonly perMinute: LimitsPerMinute;
    readonly requestSeconds: number;
  };
}

/** Throws with one line for each bad variable: its name and what is wrong. */
export function readEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.infer<Schema> {
  // An empty variable is what `VAR= npm start` and compose files leave behind: it means the default.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Some environment variables are invalid.\n${lines.join('\n')}`);
  }
  return parsed.data;
}

/** Throws as `readEnvironment` does. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const e = readEnvironment(Environment, environment);
  return Object.freeze({
    port: e.PORT,
    host: e.HOST,
    dataDir: e.DATA_DIR,
    databaseUrl: e.DATABASE_URL,
    databaseReadUrl: readUrlOf(e),
    databasePool: e.DATABASE_POOL,
    s3: s3Of(e),
    modelDir: e.MODEL_DIR,
    providers: Object.freeze(e.EXECUTION_PROVIDERS),
    candidateDir: e.CANDIDATE_MODEL_DIR,
    photoTtlHours: e.PHOTO_TTL_HOURS,
    log: e.LOG,
    logFormat: e.LOG_FORMAT,
    traces: (e.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? e.OTEL_EXPORTER_OTLP_ENDPOINT) !== undefined,
    metricsPort: e.METRICS_PORT,
    web: e.WEB,
    publicOrigin: e.PUBLIC_ORIGIN ?? null,
    demo: e.DEMO,
    demoItems: e.DEMO_ITEMS,
    introspection: e.INTROSPECTION,
    corsOrigins: Object.freeze(e.CORS_ORIGINS),
    fetchAllowHosts: Object.freeze(e.FETCH_ALLOW_HOSTS),
    trustProxy: e.TRUST_PROXY,
    watchdogSeconds: e.WATCHDOG_SECONDS,
    limits: Object.freeze({
      photoBytes: e.MAX_PHOTO_MB * MEBIBYTE,
      feedBytes: e.MAX_FEED_MB * MEBIBYTE,
      depth: e.MAX_QUERY_DEPTH,
      tokens: e.MAX_QUERY_TOKENS,
      cost: e.MAX_QUERY_COST,
      perMinute: Object.freeze({
        parse: e.PARSES_PER_MINUTE,
        search: e.SEARCHES_PER_MINUTE,
        event: e.EVENTS_PER_MINUTE,
        cost: e.QUERY_COST_PER_MINUTE,
        widgetParse: e.WIDGET_PARSES_PER_MINUTE,
        widgetSearch: e.WIDGET_SEARCHES_PER_MINUTE,
        widgetEvent: e.WIDGET_EVENTS_PER_MINUTE,
      }),
      requestSeconds: e.REQUEST_TIMEOUT_SECONDS,
    }),
  });
}

/** Throws if there is no database that it could be a replica of. */
function readUrlOf({ DATABASE_URL, DATABASE_READ_URL }: z.infer<typeof Environment>): string | undefined {
  if (DATABASE_READ_URL === undefined || DATABASE_URL !== undefined) return DATABASE_READ_URL;
  throw new Error(
    'Some environment variables are invalid.\nDATABASE_READ_URL is a replica of DATABASE_URL, which is missing.',
  );
}

/** Throws if the bucket's settings are not all there. */
function s3Of(e: z.infer<typeof Environment>): S3Settings | undefined {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = e;
  const needed = { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY };
  if ([S3_ENDPOINT, ...Object.values(needed)].every((value) => value === undefined)) return undefined;
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length > 0)
    throw new Error(`Some environment variables are invalid.\nA bucket needs ${missing.join(' and ')} too.`);
  return Object.freeze({
    endpoint: S3_ENDPOINT ?? `https://s3.${e.S3_REGION}.amazonaws.com`,
    bucket: S3_BUCKET!,
    region: e.S3_REGION,
    accessKeyId: S3_ACCESS_KEY_ID!,
    secretAccessKey: S3_SECRET_ACCESS_KEY!,
  });
}
