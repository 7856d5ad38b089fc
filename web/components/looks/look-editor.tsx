'use client';

import { useSearchParams } from 'next/navigation';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { loadLook } from '@/lib/api/looks.ts';
import { loadItemCard } from '@/lib/api/rules.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { LookForm, type Start } from './look-form.tsx';
import { LooksSkeleton } from './looks-skeleton.tsx';

/** A new look, which begins with the item in the address if there is one. */
export function NewLook() {
  const item = useSearchParams().get('item');
  const { value, error, reload } = useLoaded(`new look ${item}`, (signal) => beginWith(item, signal));
  if (error) return <Failure error={error} onRetry={reload} />;
  return value ? <LookForm start={value} /> : <LooksSkeleton />;
}

/** The look that the address names. */
export function EditLook() {
  const id = useSearchParams().get('look') ?? '';
  const { value, error, reload } = useLoaded(`look ${id}`, (signal) => loadLook(id, signal));
  if (error) return <Failure error={error} onRetry={reload} />;
  if (value === null) return <NoSuchLook />;
  // What was kept from an earlier visit may be older than the look that arrives after it.
  return value ? <LookForm key={value.updatedAt} start={value} /> : <LooksSkeleton />;
}

async function beginWith(itemId: string | null, signal: AbortSignal): Promise<Start> {
  const item = itemId ? await loadItemCard(itemId, signal) : null;
  return { id: null, name: null, source: 'STUDIO', problem: null, items: item ? [item] : [] };
}

function NoSuchLook() {
  return (
    <Notice
      heading="h1"
      title="There is no such look"
      actions={
        <ButtonLink kind="primary" href="/manage/looks">
          All looks
        </ButtonLink>
      }
    >
      <p>It may have been removed meanwhile.</p>
    </Notice>
  );
}
