import type { Metadata } from 'next';
import { Suspense } from 'react';
import { RulesPage } from '@/components/rules/rules-page.tsx';
import { RulesSkeleton } from '@/components/rules/rules-skeleton.tsx';

export const metadata: Metadata = { title: 'Rules' };

export default function Page() {
  return (
    <Suspense fallback={<RulesSkeleton />}>
      <RulesPage />
    </Suspense>
  );
}
