import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { OnTiming } from '../vision/timing.ts';

/** From a cached picture to a slow upload. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is counted where it happens. Durations are seconds; every label has few values, none of them a client's words. */
export interface Instruments {
  readonly registry: Registry;
  readonly requests: Histogram<'route' | 'method' | 'status'>;
  readonly operations: Histogram<'type' | 'field'>;
  readonly errors: Counter<'code'>;
  readonly onTiming: OnTiming;
}

export function makeInstruments(): Instruments {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const stages = new Histogram({
    name: 'armoire_vision_stage_seconds',
    help: 'Time of each stage of the model, a picture.',
    labelNames: ['stage'],
    buckets: SECONDS,
    registers,
  });
  return {
    registry,
    requests: new Histogram({
      name: 'armoire_http_request_seconds',
      help: 'Time from a request to the end of its answer; streams of subscriptions are left out.',
      labelNames: ['route', 'method', 'status'],
      buckets: SECONDS,
      registers,
    }),
    operations: new Histogram({
      name: 'armoire_graphql_operation_seconds',
      help: 'Time of GraphQL operations, by the first field that they ask for.',
      labelNames: ['type', 'field'],
      buckets: SECONDS,
      registers,
    }),
    errors: new Counter({
      name: 'armoire_graphql_errors_total',
      help: 'Errors in answers of GraphQL, by their code.',
      labelNames: ['code'],
      registers,
    }),
    onTiming: (stage, milliseconds) => stages.observe({ stage }, milliseconds / 1000),
  };
}
