import { request } from './client.ts';
import { SeeItOnDocument } from './generated/documents/try-on.ts';
import type { TryOnRefusal } from './generated/graphql.ts';
import type { Category } from './shapes.ts';

export type { TryOnRefusal };

/** A picture, or why there is none. */
export type Preview = { imageUrl: string; refusal: null } | { imageUrl: null; refusal: TryOnRefusal };

export async function loadPreview(garmentId: string, itemId: string, signal: AbortSignal): Promise<Preview> {
  const { tryOn } = await request(SeeItOnDocument, { garmentId, itemId }, signal);
  const { imageUrl, refusal } = tryOn;
  return imageUrl ? { imageUrl, refusal: null } : { imageUrl: null, refusal: refusal ?? 'UNAVAILABLE' };
}

/** Garments that are previewed at all: the others are not offered. */
const PREVIEWED: ReadonlySet<Category> = new Set<Category>([
  'SHORT_SLEEVE_TOP',
  'VEST',
  'SLING',
  'SHORTS',
  'TROUSERS',
  'SKIRT',
  'SHORT_SLEEVE_DRESS',
  'VEST_DRESS',
  'SLING_DRESS',
]);

export function isPreviewed(category: Category | null): boolean {
  return category !== null && PREVIEWED.has(category);
}
