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

/** Categories that are drawn in the place of each other; the others are not previewed (server/try-on/gate.ts). */
const SAME_CUT: readonly (readonly Category[])[] = [
  ['SHORT_SLEEVE_TOP'],
  ['VEST', 'SLING'],
  ['SHORTS'],
  ['TROUSERS'],
  ['SKIRT'],
  ['SHORT_SLEEVE_DRESS'],
  ['VEST_DRESS', 'SLING_DRESS'],
];

/** Whether an item of one category may be seen on a garment of another: otherwise there is never a preview to offer. */
export function isPreviewed(worn: Category | null, item: Category | null): boolean {
  return worn !== null && item !== null && SAME_CUT.some((cut) => cut.includes(worn) && cut.includes(item));
}
