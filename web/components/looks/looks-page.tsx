'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Field } from '@/components/ui/field.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { replaceParameters } from '@/lib/address.ts';
import { type Look, loadLooks } from '@/lib/api/looks.ts';
import { type LoadPage, usePages } from '@/lib/hooks/use-pages.ts';
import { useSettled } from '@/lib/hooks/use-settled.ts';
import { withoutNul } from '@/lib/without-nul.ts';
import { LookCard } from './look-card.tsx';
import styles from './looks.module.css';
import { LooksFrame } from './looks-frame.tsx';
import { LooksSkeleton } from './looks-skeleton.tsx';

export function LooksPage() {
  const [text, setText] = useState(withoutNul(useSearchParams()).get('words') ?? '');
  const words = useSettled(text.trim());
  useEffect(() => replaceParameters({ words }), [words]);
  return (
    <LooksFrame
      title="Looks"
      purpose="Items that you show together. Shoppers see them before any other outfit."
    >
      <div className={styles.bar}>
        <div className={styles.search}>
          <Field label="Search the looks">
            {(control) => (
              <input
                {...control}
                type="search"
                autoComplete="off"
                maxLength={100}
                placeholder="Name, number or title of an item"
                value={text}
                onChange={({ target }) => setText(target.value)}
              />
            )}
          </Field>
        </div>
        <div className={styles.barActions}>
          <ButtonLink kind="primary" href="/manage/looks/new">
            Make a look
          </ButtonLink>
          <ButtonLink href="/manage/looks/import">Import a file</ButtonLink>
        </div>
      </div>
      <LookList key={words} words={words} onClear={() => setText('')} />
    </LooksFrame>
  );
}

function LookList({ words, onClear }: { words: string; onClear(): void }) {
  const load: LoadPage<Look> = useCallback((after, signal) => loadLooks(words, after, signal), [words]);
  const { entries, error, hasMore, loading, loadMore, reload } = usePages(`looks ${words}`, load);
  useEffect(reload, [reload]);
  if (error && !entries) return <Failure error={error} onRetry={reload} />;
  if (!entries) return <LooksSkeleton />;
  if (entries.length === 0) return words ? <NoneFound onClear={onClear} /> : <NoLooks />;
  return (
    <>
      <ul className={styles.cards} aria-label="Looks" aria-busy={loading}>
        {entries.map((look) => (
          <LookCard key={look.id} look={look} />
        ))}
      </ul>
      <LoadMore pages={{ hasMore, loading, error, loadMore }} />
    </>
  );
}

function NoneFound({ onClear }: { onClear(): void }) {
  return (
    <Notice title="No look has these words" actions={<Button onClick={onClear}>Show all looks</Button>}>
      <p>They are looked for in the looks’ names and numbers, and in the titles of their items.</p>
    </Notice>
  );
}

function NoLooks() {
  return (
    <Notice title="No looks yet">
      <p>
        Put together what belongs together: make a look by hand, import a file, or name looks in your feed’s
        column <code>look_id</code>. Until then, outfits are made up by the items’ likeness alone.
      </p>
    </Notice>
  );
}
