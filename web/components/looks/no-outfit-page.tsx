'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import { replaceParameters } from '@/lib/address.ts';
import { loadItemsInNoOutfit, type NoOutfitReason, type NoOutfitPage as NoOutfits } from '@/lib/api/looks.ts';
import { formatNumber } from '@/lib/format.ts';
import { type Load, type Pages, usePages } from '@/lib/hooks/use-pages.ts';
import styles from './looks.module.css';
import { LooksFrame } from './looks-frame.tsx';
import { LooksSkeleton } from './looks-skeleton.tsx';
import { NoOutfitRow } from './no-outfit-row.tsx';
import { REASONS } from './words.ts';

type Shown = NoOutfitReason | 'ALL';
const ALL = Object.keys(REASONS) as NoOutfitReason[];

export function NoOutfitPage() {
  const [shown, setShown] = useState(readReason(useSearchParams().get('why')));
  useEffect(() => replaceParameters({ why: shown === 'ALL' ? null : shown }), [shown]);
  const load: Load<NoOutfits> = useCallback(
    (after, signal) => loadItemsInNoOutfit(shown === 'ALL' ? null : shown, after, signal),
    [shown],
  );
  const pages = usePages(`no outfit ${shown}`, load);
  const { last, error, reload } = pages;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another reason's items may be older than the last change.
  useEffect(reload, [shown, reload]);
  // Kept while the items of another reason are loading.
  const [counts, setCounts] = useState<NoOutfits['counts'] | null>(null);
  useEffect(() => setCounts((before) => last?.counts ?? before), [last]);
  return (
    <LooksFrame
      title="In no outfit"
      purpose="Items that shoppers see in no outfit, or that you have put into no look, and what would help."
    >
      {!counts && !error && <Skeleton className={styles.tabsPlace} />}
      {counts && counts.length > 0 && (
        <Tabs<Shown> label="Why" options={optionsOf(counts, shown)} value={shown} onChange={setShown} />
      )}
      <NoOutfitList shown={shown} pages={pages} />
    </LooksFrame>
  );
}

function readReason(text: string | null): Shown {
  return ALL.find((reason) => reason === text) ?? 'ALL';
}

function optionsOf(counts: NoOutfits['counts'], shown: Shown): { value: Shown; name: string }[] {
  const numbers = new Map(counts.map(({ why, count }) => [why, count]));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return [
    { value: 'ALL', name: `All ${formatNumber(total)}` },
    ...ALL.filter((why) => numbers.has(why) || why === shown).map((why) => ({
      value: why,
      name: `${REASONS[why].name} ${formatNumber(numbers.get(why) ?? 0)}`,
    })),
  ];
}

interface NoOutfitListProps {
  shown: Shown;
  pages: Pages<NoOutfits>;
}

function NoOutfitList({ shown, pages }: NoOutfitListProps) {
  const { entries, error, hasMore, loading, loadMore, reload } = pages;
  if (error && !entries) return <Failure error={error} onRetry={reload} />;
  if (!entries) return <LooksSkeleton />;
  if (entries.length === 0) return <None shown={shown} />;
  return (
    <>
      {shown !== 'ALL' && <Help why={shown} />}
      <ul className={styles.rows} aria-label="Items in no outfit" aria-busy={loading}>
        {entries.map((entry) => (
          <NoOutfitRow key={entry.item.id} entry={entry} named={shown === 'ALL'} />
        ))}
      </ul>
      <LoadMore pages={{ hasMore, loading, error, loadMore }} />
    </>
  );
}

/** What would help for all items with one reason. */
function Help({ why }: { why: NoOutfitReason }) {
  const { help, link } = REASONS[why];
  return (
    <div className={styles.help}>
      <p>{help}</p>
      <ButtonLink href={link.address}>{link.name}</ButtonLink>
    </div>
  );
}

function None({ shown }: { shown: Shown }) {
  if (shown !== 'ALL') return <p className={styles.soft}>There are none any more.</p>;
  return (
    <Notice title="Every item is in an outfit">
      <p>There is nothing to do here. What comes with the next feed and fits nowhere is listed here.</p>
    </Notice>
  );
}
