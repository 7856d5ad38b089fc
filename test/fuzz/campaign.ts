import type { makeTestServer, TestServer } from '../helpers/server.ts';

export interface CampaignOptions {
  /** The same seed makes the same cases. */
  readonly seed: number;
  readonly count: number;
  readonly openServer: (options?: Parameters<typeof makeTestServer>[0]) => Promise<TestServer>;
}

export interface Report {
  /** How many cases ended how: by the code of their error, or `ok`. */
  readonly counts: ReadonlyMap<string, number>;
  /** What must not be: each with what was sent, so that it can be sent again. */
  readonly findings: readonly string[];
}

export type Campaign = (options: CampaignOptions) => Promise<Report>;

/** No answer may take longer. */
export const MOST_MS = 10_000;

/** Limits that no case runs into: what is looked for lies behind them. */
export const UNLIMITED = {
  MAX_QUERY_DEPTH: '50',
  MAX_QUERY_COST: '20000000',
  SEARCHES_PER_MINUTE: '1000000',
  PARSES_PER_MINUTE: '1000000',
  WIDGET_SEARCHES_PER_MINUTE: '10000000',
  WIDGET_PARSES_PER_MINUTE: '1000000',
  QUERY_COST_PER_MINUTE: '1000000000',
};

export class Tally {
  readonly counts = new Map<string, number>();
  readonly findings: string[] = [];

  count(outcome: string): void {
    this.counts.set(outcome, (this.counts.get(outcome) ?? 0) + 1);
  }

  find(what: string, sent: unknown): void {
    this.findings.push(`${what}: ${JSON.stringify(sent).slice(0, 2000)}`);
  }
}

/** Sends one request to /graphql, and notes what comes back: an error without a code of ours, or nothing in time. */
export async function trySending(
  server: TestServer,
  tally: Tally,
  sent: unknown,
  request: RequestInit,
  path = '/graphql',
): Promise<string> {
  const logged = server.logged.length;
  let text = '';
  try {
    const response = await fetch(server.url + path, { ...request, signal: AbortSignal.timeout(MOST_MS) });
    text = await response.text();
    const code = /"code":"([A-Z_]+)"/.exec(text)?.[1];
    tally.count(code ?? (response.ok ? 'ok' : `HTTP ${response.status}`));
    // With its reference: the list of all codes names it, too.
    const internal = response.status === 500 || text.includes('"INTERNAL_SERVER_ERROR","reference"');
    if (internal || server.logged.length > logged) {
      tally.find(`${text.slice(0, 300)} ${server.logged.slice(logged).map(String).join('; ')}`, sent);
    }
  } catch (error) {
    tally.count('no answer');
    tally.find(String(error), sent);
  }
  return text;
}

/** By key, and from the page that a widget's key is for. */
export function headersOf(key: string | undefined): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...(key !== undefined && { authorization: `Bearer ${key}`, origin: 'https://shop.example' }),
  };
}
