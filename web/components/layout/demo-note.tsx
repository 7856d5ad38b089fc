'use client';

import { useWords } from '@/lib/i18n/use-words.ts';
import { useShop } from './shop-provider.tsx';

/** Says that the items are drawings, as long as the shop has no others. */
export function DemoNote() {
  const shop = useShop();
  const { t } = useWords();
  if (!shop?.isDemo) return null;
  return <p>{t.rich('site.demo', { code: (command) => <code>{command}</code> })}</p>;
}
