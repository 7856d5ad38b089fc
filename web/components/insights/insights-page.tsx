'use client';

import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import { replaceParameters } from '@/lib/address.ts';
import { loadInsights } from '@/lib/api/insights.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { PERIODS, periodOf, readPeriod } from '@/lib/insights-period.ts';
import styles from './insights.module.css';
import { InsightsReport } from './insights-report.tsx';
import { SourceChoice } from './source-choice.tsx';

export function InsightsPage() {
  const parameters = useSearchParams();
  const days = readPeriod(parameters.get('days'));
  const source = parameters.get('source');
  const question = { ...periodOf(days), source };
  const {
    value: insights,
    error,
    reload,
  } = useLoaded(`insights ${JSON.stringify(question)}`, (signal) => loadInsights(question, signal));
  // The previous period stays in view while another one loads.
  const [last, setLast] = useState(insights);
  if (insights && insights !== last) setLast(insights);
  return (
    <>
      <ManageHead title="Insights">
        <p>What shoppers search with, what they find, and what they do with it. Days are in UTC.</p>
      </ManageHead>
      <div className={styles.bar}>
        <Tabs
          label="Period"
          options={[...PERIODS]}
          value={days}
          onChange={(value) => replaceParameters({ days: value })}
        />
        <SourceChoice
          sources={last?.sources ?? []}
          value={source}
          onChange={(value) => replaceParameters({ source: value })}
        />
      </div>
      {error && <Failure error={error} onRetry={reload} />}
      {!last && !error && (
        <div role="status" aria-label="Loading">
          <Skeleton className={styles.place} />
        </div>
      )}
      {last && !error && (
        <div className={styles.report} aria-busy={!insights}>
          <InsightsReport insights={insights ?? last} />
        </div>
      )}
    </>
  );
}
