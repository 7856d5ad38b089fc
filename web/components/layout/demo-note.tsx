'use client';

import { useShop } from './shop-provider.tsx';

/** Says that the demo shop's pictures are drawings; empty in any other shop. */
export function DemoNote() {
  const shop = useShop();
  if (!shop?.isDemo) return null;
  return (
    <p>
      The demo shop’s items are drawings; bring your own: <code>npm run import -- FOLDER</code>
    </p>
  );
}
