import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { until } from '../helpers/process.ts';
import { type ServingProcess, startServingProcess } from '../helpers/serving-process.ts';

const SCENE = readFileSync(new URL('../../web/public/scenes/scene-1.webp', import.meta.url));

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
}

/** OTLP's JSON. */
interface Batch {
  readonly resourceSpans: readonly { scopeSpans: readonly { spans: readonly Span[] }[] }[];
}

function spansOf({ resourceSpans }: Batch): Span[] {
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

describe('a server that is watched', () => {
  let server: ServingProcess;
  let port: number;
  let collector: Server;
  const sent: Span[] = [];
  beforeAll(async () => {
    port = await freePort();
    collector = createServer((request, response) => {
      json(request).then((body) => sent.push(...spansOf(body as Batch)));
      response.end('{}');
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const { port: at } = collector.address() as AddressInfo;
    server = await startServingProcess({
      LOG_FORMAT: 'json',
      METRICS_PORT: String(port),
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${at}`,
    });
  });
  afterAll(async () => {
    await server?.stop();
    collector?.close();
  });

  /** The lines of the log so far that are requests to this path. */
  const logged = (path: string) =>
    server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line.path === path);

  const ask = (query: string, id: string) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': id },
      body: JSON.stringify({ query }),
    });

  it('names each request as the proxy does, and logs it', async () => {
    const answer = await ask('{ shop { name } }', 'edge-17');
    expect(answer.headers.get('x-request-id')).toBe('edge-17');
    await until('the request is logged', () =>
      logged('/graphql').some((line) => line.requestId === 'edge-17'),
    );
    expect(logged('/graphql').find((line) => line.requestId === 'edge-17')).toMatchObject({
      level: 'info',
      msg: 'request',
      method: 'POST',
      status: 200,
      milliseconds: expect.any(Number),
    });
  });

  it('gives a name of its own where the given one could confuse a log', async () => {
    const answer = await ask('{ shop { name } }', 'a"}{"level":"error');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says that it turns', async () => {
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  });

  it('leaves signatures of links, and what opens a photo, out of its log', async () => {
    const name = '0'.repeat(64);
    expect((await fetch(`${server.url}/images/${name}.webp?s=secret`)).status).toBe(404);
    await until('the request is logged', () => logged('/images/…').length > 0);
    expect(server.output()).not.toContain('secret');
    expect(server.output()).not.toContain(name);
  });

  it('tells Prometheus what it does, on the other port alone', async () => {
    const before = await figures();
    expect((await server.parse(SCENE)).code).toBeNull();
    await ask('{ item(id: "00000000-0000-0000-0000-000000000000") { id } }', 'x');
    await ask('{ nothing }', 'x');
    const after = await figures();
    const added = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(added('armoire_graphql_operation_seconds_count{type="mutation",field="parsePhoto"}')).toBe(1);
    expect(added('armoire_graphql_operation_seconds_count{type="query",field="item"}')).toBe(1);
    expect([...after.keys()].filter((name) => name.includes('nothing'))).toEqual([]);
    expect(added('armoire_vision_stage_seconds_count{stage="parser"}')).toBeGreaterThan(0);
    expect(added('armoire_graphql_errors_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
    expect(added('armoire_http_request_seconds_count{route="graphql",method="POST",status="2xx"}')).toBe(2);
    expect(after.get('armoire_import_tasks{state="waiting"}')).toBe(0);
    expect(after.get('armoire_database_connections{state="waiting"}')).toBe(0);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/graphql`)).status).toBe(404);
  });

  it('sends its spans to a collector, within the trace of who asks', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const answer = await fetch(`${server.url}/graphql?secret=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${trace}-00f067aa0ba902b7-01` },
      body: JSON.stringify({ query: '{ items(first: 1) { totalCount } }' }),
    });
    expect(answer.status).toBe(200);
    const own = () => sent.filter(({ traceId }) => traceId === trace);
    await until('the spans have come', () => own().some(({ name }) => name === 'query items'));
    const root = own().find(({ name }) => name === 'query items')!;
    expect(root.parentSpanId).toBe('00f067aa0ba902b7');
    expect(
      own().filter((span) => span.name === 'transaction' && span.parentSpanId === root.spanId),
    ).not.toEqual([]);
    expect(JSON.stringify(sent)).not.toContain('secret');
    // Of the photo that was parsed before.
    await until('the model’s spans have come', () => sent.some(({ name }) => name === 'parser'));
  });

  async function figures(): Promise<Map<string, number>> {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
    );
  }
});
