import type { Shop } from './api/shapes.ts';

/** The generator's item numbers. What else is in the demo shop was imported, and is no drawing. */
const DRAWN = /^ARM-\d{4}$/;

export function isDrawn(shop: Shop | null | undefined, { id }: { id: string }): boolean {
  return Boolean(shop?.isDemo) && DRAWN.test(id);
}
