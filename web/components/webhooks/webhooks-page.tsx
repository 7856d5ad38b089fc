'use client';

import { useEffect, useState } from 'react';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { NewSecret } from '@/components/manage/new-secret.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { createWebhook, loadWebhooks, type Webhook } from '@/lib/api/webhooks.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useIsAdmin } from '@/lib/hooks/use-session.ts';
import { WebhookCard } from './webhook-card.tsx';
import { WebhookForm } from './webhook-form.tsx';
import styles from './webhooks.module.css';
import { nameOf } from './words.ts';

const POLL_MS = 10_000;
const BUSY_POLL_MS = 3000;
const MOST = 10;

export function WebhooksPage() {
  const { value: webhooks, error, reload } = useLoaded('webhooks', loadWebhooks);
  usePoll(webhooks, reload);
  return (
    <>
      <ManageHead title="Webhooks">
        <p>
          Your own systems are told of what happens here, by a signed request to an address of theirs. Each
          keeps being tried until it arrives.
        </p>
      </ManageHead>
      {error && <Failure error={error} onRetry={reload} />}
      {!webhooks && !error && (
        <div role="status" aria-label="Loading the webhooks">
          <Skeleton className={styles.place} />
        </div>
      )}
      {webhooks && <Webhooks webhooks={webhooks} onChange={reload} />}
    </>
  );
}

function Webhooks({ webhooks, onChange }: { webhooks: Webhook[]; onChange(): void }) {
  const isAdmin = useIsAdmin();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<{ secret: string; name: string } | null>(null);
  return (
    <>
      {made && (
        <NewSecret
          secret={made.secret}
          heading={`The secret of ${made.name}`}
          copy="Copy the secret"
          onClose={() => setMade(null)}
        >
          <p>Copy it now: it is shown this once. Your receiver tells by it that a delivery is from here.</p>
        </NewSecret>
      )}
      {webhooks.length === 0 && !adding && (
        <Notice
          title="Nothing is told yet"
          actions={
            isAdmin && (
              <Button kind="primary" onClick={() => setAdding(true)}>
                Add a webhook
              </Button>
            )
          }
        >
          <p>
            {isAdmin
              ? 'Add the address of your receiver. docs/webhooks.md has one to begin with.'
              : 'Adding one takes an admin’s key.'}
          </p>
        </Notice>
      )}
      {webhooks.length > 0 && (
        <ul className={styles.list} aria-label="Webhooks">
          {webhooks.map((webhook) => (
            <WebhookCard key={webhook.id} webhook={webhook} isAdmin={isAdmin} onChange={onChange} />
          ))}
        </ul>
      )}
      {adding && (
        <section className={styles.form} aria-labelledby="new">
          <h2 id="new">A new webhook</h2>
          <WebhookForm
            action="Add the webhook"
            onSave={async (values) => {
              const { secret, endpoint } = await createWebhook(values);
              setAdding(false);
              setMade({ secret, name: nameOf(endpoint) });
              onChange();
            }}
            onClose={() => setAdding(false)}
          />
        </section>
      )}
      {isAdmin && webhooks.length > 0 && webhooks.length < MOST && !adding && (
        <div>
          <Button onClick={() => setAdding(true)}>Add another webhook</Button>
        </div>
      )}
    </>
  );
}

/** Events come at any time. While something waits to be delivered, the list is reloaded more often. */
function usePoll(webhooks: Webhook[] | undefined, reload: () => void) {
  const waits = webhooks?.some(({ waitingCount, disabledAt }) => waitingCount > 0 && !disabledAt) ?? false;
  const pause = !webhooks?.length ? null : waits ? BUSY_POLL_MS : POLL_MS;
  useEffect(() => {
    if (pause === null) return;
    const timer = setInterval(() => !document.hidden && reload(), pause);
    return () => clearInterval(timer);
  }, [pause, reload]);
}
