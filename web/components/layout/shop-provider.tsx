'use client';

import { createContext, type ReactNode, useContext, useEffect } from 'react';
import type { Shop } from '@/lib/api/shapes.ts';
import { loadShop } from '@/lib/api/shop.ts';
import { type Loaded, useLoaded } from '@/lib/hooks/use-loaded.ts';
import { SHOP } from '@/lib/query-keys.ts';

const ShopContext = createContext<Loaded<Shop> | null>(null);

const READING_POLL_MS = 2500;

/** The page's shop, reloaded while its items are being read, and when the page regains focus. */
export function ShopProvider({ children }: { children: ReactNode }) {
  const loaded = useLoaded(SHOP, loadShop, { arrives: true });
  const { value, error, reload } = loaded;

  useEffect(() => {
    if (!error && !value) return;
    const reading = value?.pendingCount !== 0;
    const timer = reading ? setInterval(() => !document.hidden && reload(), READING_POLL_MS) : undefined;
    const onShow = () => !document.hidden && reload();
    document.addEventListener('visibilitychange', onShow);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onShow);
    };
  }, [value, error, reload]);

  return <ShopContext value={loaded}>{children}</ShopContext>;
}

export function useShop(): Shop | undefined {
  return useContext(ShopContext)?.value;
}
