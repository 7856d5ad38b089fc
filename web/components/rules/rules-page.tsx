'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import { loadRules, type Rule, type RuleState } from '@/lib/api/rules.ts';
import { type LoadPage, usePages } from '@/lib/hooks/use-pages.ts';
import { RuleEditor } from './rule-editor.tsx';
import { RuleRow } from './rule-row.tsx';
import styles from './rules.module.css';
import { RulesSkeleton } from './rules-skeleton.tsx';

/** The list of rules, or the form for the rule in the address. */
export function RulesPage() {
  const named = useSearchParams().get('rule');
  return named ? <RuleEditor key={named} id={named} /> : <RuleList />;
}

type Shown = RuleState | 'ALL';

const SHOWN: { value: Shown; name: string }[] = [
  { value: 'ALL', name: 'All' },
  { value: 'ACTIVE', name: 'Active' },
  { value: 'SCHEDULED', name: 'Scheduled' },
  { value: 'ENDED', name: 'Ended' },
  { value: 'REMOVED', name: 'Removed' },
];

function RuleList() {
  const [shown, setShown] = useState<Shown>('ALL');
  const load: LoadPage<Rule> = useCallback(
    (after, signal) => loadRules(shown === 'ALL' ? null : shown, after, signal),
    [shown],
  );
  const { entries, error, hasMore, loading, loadMore, reload } = usePages(`rules ${shown}`, load);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab's rules may be older than its last change.
  useEffect(reload, [shown, reload]);
  return (
    <>
      <ManageHead title="Rules">
        <p>
          What you want of similar items, beside their likeness: pin, boost, bury or exclude some of them.
        </p>
      </ManageHead>
      <div className={styles.bar}>
        <Tabs<Shown> label="Which rules" options={SHOWN} value={shown} onChange={setShown} />
        <ButtonLink kind="primary" href="/manage/rules?rule=new">
          Add a rule
        </ButtonLink>
      </div>
      {error && !entries && <Failure error={error} onRetry={reload} />}
      {!error && !entries && <RulesSkeleton />}
      {entries?.length === 0 && <NoRules shown={shown} />}
      {entries && entries.length > 0 && (
        <ul className={styles.list} aria-label="Rules" aria-busy={loading}>
          {entries.map((rule) => (
            <RuleRow key={`${rule.id} ${rule.state}`} rule={rule} />
          ))}
        </ul>
      )}
      <LoadMore pages={{ hasMore, loading, error: entries ? error : null, loadMore }} />
    </>
  );
}

function NoRules({ shown }: { shown: Shown }) {
  if (shown !== 'ALL') return <p className={styles.soft}>There are none.</p>;
  return (
    <Notice title="No rules yet">
      <p>Without any, similar items come in the order of their likeness alone.</p>
    </Notice>
  );
}
