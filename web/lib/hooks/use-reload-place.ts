'use client';

import { useEffect, useRef } from 'react';
import type { Pages } from './use-pages.ts';

interface Place {
  address: string;
  pages: number;
  top: number;
}

const NAME = 'armoire.place';
/** What a visitor does to go elsewhere, before the place is restored. */
const MOVES = ['wheel', 'touchmove', 'keydown', 'pointerdown'];

/** After a reload, loads as many pages of the list as there were, and scrolls to where it was left. */
export function useReloadPlace(
  pages: Pick<Pages<never>, 'count' | 'hasMore' | 'loading' | 'error' | 'loadMore'>,
): void {
  const { count, hasMore, loading, error, loadMore } = pages;
  const place = useRef<Place | null>(null);
  const shown = useRef(count);
  shown.current = count;

  useEffect(() => {
    place.current = readPlace();
    const leave = () => storePlace({ address: address(), pages: shown.current, top: window.scrollY });
    const giveUp = () => {
      place.current = null;
    };
    window.addEventListener('pagehide', leave);
    for (const move of MOVES) window.addEventListener(move, giveUp, { passive: true, once: true });
    return () => {
      window.removeEventListener('pagehide', leave);
      for (const move of MOVES) window.removeEventListener(move, giveUp);
    };
  }, []);

  useEffect(() => {
    const wanted = place.current;
    if (!wanted || count === 0) return;
    // What cannot be had is left to the visitor: asked for again at once, it would be without end.
    if (count < wanted.pages && hasMore && !error) {
      if (!loading) loadMore();
      return;
    }
    place.current = null;
    requestAnimationFrame(() => window.scrollTo({ top: wanted.top, behavior: 'instant' }));
  }, [count, hasMore, loading, error, loadMore]);
}

const address = () => location.pathname + location.search;

/** Where this page was left, if it was reloaded. */
function readPlace(): Place | null {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (navigation?.type !== 'reload') return null;
  try {
    const place: Place | null = JSON.parse(sessionStorage.getItem(NAME) ?? 'null');
    sessionStorage.removeItem(NAME);
    return place?.address === address() && place.pages > 1 ? place : null;
  } catch {
    return null;
  }
}

function storePlace(place: Place): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(place));
  } catch {
    // The browser stores nothing: a reload then begins at the top.
  }
}
