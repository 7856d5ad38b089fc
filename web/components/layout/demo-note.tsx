'use client';

import { useShop } from './shop-provider.tsx';

/** Says that the items are drawings, as long as the shop has no others. */
export function DemoNote() {
  const shop = useShop();
  if (!shop?.isDemo) return null;
  return (
    <p>
      The demo shop’s items are drawings; bring your own: <code>npm run import -- FOLDER</code>
    </p>
  );
}
