'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { PreviewList } from '@/components/rules/preview-list.tsx';
import { Check } from '@/components/ui/check.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import type { SimilarTo } from '@/lib/api/generated/graphql.ts';
import { compareRules, type RulePreview } from '@/lib/api/rules.ts';
import type { Category } from '@/lib/api/shapes.ts';
import { CATEGORY_NAMES } from '@/lib/categories.ts';
import { count } from '@/lib/format.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { usualCategory } from '@/lib/similar-question.ts';
import styles from './trial.module.css';

interface TrialResultsProps {
  to: SimilarTo;
  /** Category of what is searched with. */
  category: Category | null;
}

/** What the search finds with the shop's rules off and on, side by side. */
export function TrialResults({ to, category }: TrialResultsProps) {
  const usual = usualCategory(useShop(), category);
  const [everywhere, setEverywhere] = useState(false);
  const [everything, setEverything] = useState(false);
  const question = JSON.stringify({
    to,
    category: everywhere ? null : usual,
    minScore: everything ? 0 : null,
  });
  const { value, error, reload } = useLoaded(`compared ${question}`, (signal) =>
    compareRules(JSON.parse(question), signal),
  );
  return (
    <section className={styles.results} aria-labelledby="compared">
      <h2 id="compared">What it finds</h2>
      <div className={styles.options}>
        {usual && (
          <Check checked={everywhere} onChange={({ target }) => setEverywhere(target.checked)}>
            All categories, not {CATEGORY_NAMES[usual].toLowerCase()} alone
          </Check>
        )}
        <Check checked={everything} onChange={({ target }) => setEverything(target.checked)}>
          Also what is not close enough for shoppers
        </Check>
      </div>
      {error && <Failure error={error} onRetry={reload} />}
      {!error && !value && (
        <div role="status" aria-label="Searching">
          <Skeleton className={styles.place} />
        </div>
      )}
      {value && (
        <>
          <p role="status">
            {sentence(value)} <Link href="/manage/rules">The rules</Link>
          </p>
          <div className={styles.sides}>
            <Side title="Rules off" items={value.before} compared={value} side="from" />
            <Side title="Rules on" items={value.after} compared={value} side="to" />
          </div>
        </>
      )}
    </section>
  );
}

interface SideProps {
  title: string;
  items: RulePreview['before'];
  compared: RulePreview;
  side: 'from' | 'to';
}

function Side({ title, items, compared, side }: SideProps) {
  if (items.length === 0) {
    return (
      <div>
        <h3>{title}</h3>
        <p className={styles.soft}>Nothing is close enough.</p>
      </div>
    );
  }
  return (
    <PreviewList
      title={title}
      items={items}
      changes={compared.changes}
      side={side}
      scores={compared.scores}
    />
  );
}

function sentence({ before, after, changes }: RulePreview): string {
  if (before.length === 0 && after.length === 0) return 'Nothing of the shop is close enough to it.';
  if (changes.size === 0) return 'The rules change nothing among the first items.';
  return `The rules move ${count(changes.size, 'item')} among the first.`;
}
