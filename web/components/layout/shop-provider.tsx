'use client';

import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { loadShop } from '@/lib/api/queries.ts';
import type { Shop } from '@/lib/api/shapes.ts';
import { type Loaded, useLoaded } from '@/lib/use-loaded.ts';
import { useSession } from '@/lib/use-session.ts';

const ShopContext = createContext<Loaded<Shop> | null>(null);

/** While items are being parsed, and while none is known to be: an import may begin at any time. */
const POLL_MS = { reading: 2500, quiet: 15_000 };

/** The shop of the page; asked for again and again, because imports go on in the background. */
export function ShopProvider({ children }: { children: ReactNode }) {
  const { phase } = useSession();
  // Whoever signs in may come to another shop.
  const loaded = useLoaded(`shop ${phase === 'in'}`, loadShop);
  const { value, error, reload } = loaded;

  useEffect(() => {
    if (!error && !value) return;
    const wait = value?.pendingCount === 0 ? POLL_MS.quiet : POLL_MS.reading;
    const timer = setInterval(() => !document.hidden && reload(), wait);
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
