import type { Shop } from './api/shapes.ts';

/** Item numbers of the drawing generator. Other items in the demo shop were imported and are not drawings. */
const DRAWN = /^ARM-\d{4}$/;

export function isDrawn(shop: Shop | null | undefined, { id }: { id: string }): boolean {
  return Boolean(shop?.isDemo) && DRAWN.test(id);
}
