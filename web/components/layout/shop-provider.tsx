'use client';

import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { loadShop } from '@/lib/api/queries.ts';
import type { Shop } from '@/lib/api/shapes.ts';
import { type Loaded, useLoaded } from '@/lib/use-loaded.ts';

const ShopContext = createContext<Loaded<Shop> | null>(null);

const POLL_MS = 2500;

/** The shop of the page; asked for again while items are still being parsed. */
export function ShopProvider({ children }: { children: ReactNode }) {
  const loaded = useLoaded('shop', loadShop);
  const { value, error, reload } = loaded;

  useEffect(() => {
    if (!error && value?.pendingCount === 0) return;
    if (!error && !value) return;
    const timer = setTimeout(() => !document.hidden && reload(), POLL_MS);
    const onShow = () => !document.hidden && reload();
    document.addEventListener('visibilitychange', onShow);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onShow);
    };
  }, [value, error, reload]);

  return <ShopContext value={loaded}>{children}</ShopContext>;
}

export function useShop(): Shop | undefined {
  return useContext(ShopContext)?.value;
}
