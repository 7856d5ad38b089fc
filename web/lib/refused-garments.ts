/** Garments of the visitor's photos on which nothing can be previewed, whatever the item: as told since the page was loaded. */
import type { TryOnRefusal } from './api/try-on.ts';

/** Reasons that lie in the photo or in the server, not in the item. */
const OF_GARMENT: readonly TryOnRefusal[] = [
  'UNAVAILABLE',
  'KIND_UNSUPPORTED',
  'GARMENT_CUT_OFF',
  'GARMENT_TOO_SMALL',
  'GARMENT_HIDDEN',
  'GARMENT_UNCLEAR',
  'NO_PERSON',
  'NOT_FRONTAL',
];

const refused = new Set<string>();
const listeners = new Set<() => void>();

export function noteRefusal(garmentId: string, reason: TryOnRefusal): void {
  if (!OF_GARMENT.includes(reason)) return;
  refused.add(garmentId);
  for (const listener of listeners) listener();
}

export function isRefused(garmentId: string): boolean {
  return refused.has(garmentId);
}

export function onRefusal(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
