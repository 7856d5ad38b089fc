import type { Metadata } from 'next';
import { serverBridge } from './api/in-server.ts';

/**
 * Next's own `notFound()` leaves the page to the browser's scripts. This one answers 404 too, and the page is sent with its
 * text.
 */
export function answerNotFound(): void {
  serverBridge()?.setNotFound();
}

export function missingMetadata(title: string): Metadata {
  return { title, robots: { index: false } };
}
