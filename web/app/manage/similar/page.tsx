import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TrialPage } from '@/components/trial/trial-page.tsx';

export const metadata: Metadata = { title: 'Similar items' };

export default function Page() {
  return (
    <Suspense>
      <TrialPage />
    </Suspense>
  );
}
