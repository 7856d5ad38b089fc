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

/** Categories of which previews look right (server/try-on/gate.ts). */
const PREVIEWED: readonly Category[] = ['SHORTS', 'TROUSERS', 'SKIRT'];

/** Whether an item of one category may be seen on a garment of another: otherwise there is never a preview to offer. */
export function isPreviewed(worn: Category | null, item: Category | null): boolean {
  return worn !== null && worn === item && PREVIEWED.includes(worn);
}
