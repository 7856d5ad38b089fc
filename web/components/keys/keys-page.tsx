'use client';

import { useState } from 'react';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { NewSecret } from '@/components/manage/new-secret.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { loadKeys } from '@/lib/api/keys.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useSession } from '@/lib/hooks/use-session.ts';
import { KeyForm } from './key-form.tsx';
import { KeyList } from './key-list.tsx';
import styles from './keys.module.css';

export function KeysPage() {
  const now = useSession();
  if (now.phase !== 'in') return null;
  return (
    <>
      <ManageHead title="Keys">
        <p>
          A key lets a person, a program or a page in. Give each its own, so that one can be revoked alone.
        </p>
      </ManageHead>
      {now.session.role === 'ADMIN' ? (
        <Keys />
      ) : (
        <Notice title="This takes an admin’s key">
          <p>Yours is a merchandiser’s. Ask whoever runs the shop for another key.</p>
        </Notice>
      )}
    </>
  );
}

function Keys() {
  const { value: keys, error, reload } = useLoaded('keys', loadKeys);
  const [made, setMade] = useState<{ key: string; label: string } | null>(null);
  if (error) return <Failure error={error} onRetry={reload} />;
  return (
    <>
      {made ? (
        <NewSecret
          secret={made.key}
          heading={`The key for ${made.label}`}
          copy="Copy the key"
          onClose={() => setMade(null)}
        >
          <p>Copy it now: it is shown this once, and only its hash is kept.</p>
        </NewSecret>
      ) : (
        <KeyForm
          onMade={(next) => {
            setMade(next);
            reload();
          }}
        />
      )}
      {keys ? (
        <KeyList keys={keys} onChange={reload} />
      ) : (
        <div role="status" aria-label="Loading the keys">
          <Skeleton className={styles.place} />
        </div>
      )}
    </>
  );
}
