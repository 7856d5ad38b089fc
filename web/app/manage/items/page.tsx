import type { Metadata } from 'next';
import { Suspense } from 'react';
import { StockPage } from '@/components/stock/stock-page.tsx';

export const metadata: Metadata = { title: 'Items' };

export default function Page() {
  return (
    <Suspense>
      <StockPage />
    </Suspense>
  );
}
