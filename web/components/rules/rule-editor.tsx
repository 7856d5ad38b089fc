'use client';

import { useSearchParams } from 'next/navigation';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { loadItemCard, loadRules, type RuleKind } from '@/lib/api/rules.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { type Draft, draftOf, EMPTY } from './draft.ts';
import { RuleForm } from './rule-form.tsx';
import { RulesSkeleton } from './rules-skeleton.tsx';
import { KINDS } from './words.ts';

/** Loads the form's initial values: a rule, or for a new one the item in the address. */
export function RuleEditor({ id }: { id: string }) {
  const parameters = useSearchParams();
  const item = parameters.get('item');
  const { value, error, reload } = useLoaded(`rule ${id} ${item}`, (signal) => beginWith(id, item, signal));
  if (error) return <Failure error={error} onRetry={reload} />;
  if (value === undefined) return <RulesSkeleton />;
  if (value === null) {
    return (
      <Notice
        heading="h1"
        title="There is no such rule"
        actions={
          <ButtonLink kind="primary" href="/manage/rules">
            All rules
          </ButtonLink>
        }
      >
        <p>It may have been removed meanwhile.</p>
      </Notice>
    );
  }
  const kind = parameters.get('kind');
  const start = id === 'new' && isKind(kind) ? { ...value, kind } : value;
  // What was kept from an earlier visit may be older than the rule that arrives after it.
  return <RuleForm key={JSON.stringify(start)} start={start} />;
}

function isKind(word: string | null): word is RuleKind {
  return word !== null && Object.hasOwn(KINDS, word);
}

async function beginWith(id: string, item: string | null, signal: AbortSignal): Promise<Draft | null> {
  if (id === 'new') return { ...EMPTY, item: item ? await loadItemCard(item, signal) : null };
  for (let after: string | null = null; ; ) {
    const { entries, next } = await loadRules(null, after, signal);
    const found = entries.find((rule) => rule.id === id);
    if (found) return draftOf(found);
    if (!next) return null;
    after = next;
  }
}
