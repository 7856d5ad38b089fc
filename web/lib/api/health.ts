import { request } from './client.ts';
import { HealthDocument } from './generated/documents/health.ts';
import type { HealthQuery } from './generated/graphql.ts';

export type Health = HealthQuery['retrievalHealth'];

/** Measured at most once a minute; takes up to five seconds. */
export async function loadHealth(signal?: AbortSignal): Promise<Health> {
  return (await request(HealthDocument, {}, signal)).retrievalHealth;
}
