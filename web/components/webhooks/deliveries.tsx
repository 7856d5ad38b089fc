'use client';

import { useCallback, useEffect, useState } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import table from '@/components/ui/table.module.css';
import { Tabs } from '@/components/ui/tabs.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import {
  loadWebhookDeliveries,
  sendWebhookAgain,
  type Webhook,
  type WebhookDelivery,
  type WebhookDeliveryState,
} from '@/lib/api/webhooks.ts';
import { explain } from '@/lib/explain.ts';
import { formatTime } from '@/lib/format.ts';
import { type LoadPage, usePages } from '@/lib/hooks/use-pages.ts';
import styles from './webhooks.module.css';
import { DELIVERY_STATES, nameOf, outcomeOf } from './words.ts';

const POLL_MS = 10_000;
const BUSY_POLL_MS = 2000;
type Shown = WebhookDeliveryState | 'ALL';
const SHOWN: { value: Shown; name: string }[] = [
  { value: 'ALL', name: 'All' },
  { value: 'WAITING', name: 'Waiting' },
  { value: 'FAILED', name: 'Failed' },
  { value: 'DELIVERED', name: 'Delivered' },
];

/** What was and will be sent to an endpoint, the newest first. Reloaded from time to time. */
export function Deliveries({
  webhook,
  sent,
  onChange,
}: {
  webhook: Webhook;
  sent: number;
  onChange(): void;
}) {
  const { id, waitingCount, disabledAt } = webhook;
  const [shown, setShown] = useState<Shown>('ALL');
  const load: LoadPage<WebhookDelivery> = useCallback(
    (after, signal) => loadWebhookDeliveries(id, shown === 'ALL' ? null : shown, after, signal),
    [id, shown],
  );
  const { entries, error, hasMore, loading, loadMore, reload } = usePages(`deliveries ${id} ${shown}`, load);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was sent, or arrived, changes the list.
  useEffect(reload, [reload, sent, waitingCount]);
  const waits = !disabledAt && (entries?.some(({ state }) => state === 'WAITING') ?? false);
  useEffect(() => {
    const timer = setInterval(
      () => {
        if (document.hidden) return;
        reload();
        if (waits) onChange();
      },
      waits ? BUSY_POLL_MS : POLL_MS,
    );
    return () => clearInterval(timer);
  }, [waits, reload, onChange]);

  return (
    <div className={styles.log}>
      <Tabs<Shown>
        label={`Deliveries to ${nameOf(webhook)}`}
        options={SHOWN}
        value={shown}
        onChange={setShown}
      />
      {error && !entries && <Failure error={error} onRetry={reload} />}
      {!entries && !error && (
        <div role="status" aria-label="Loading the deliveries">
          <Skeleton className={styles.place} />
        </div>
      )}
      {entries?.length === 0 && (
        <p className={styles.soft}>
          {shown === 'ALL'
            ? 'Nothing was sent yet. Deliveries are listed here for 14 days.'
            : `None is ${DELIVERY_STATES[shown].name.toLowerCase()}.`}
        </p>
      )}
      {entries && entries.length > 0 && (
        <table className={`${table.table} ${styles.table}`}>
          <thead>
            <tr>
              <th scope="col">Event</th>
              <th scope="col">State</th>
              <th scope="col">Answer</th>
              <th scope="col">Time</th>
              <th scope="col">
                <span className="visually-hidden">Send again</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((delivery) => (
              <Row
                key={delivery.id}
                delivery={delivery}
                canSend={disabledAt === null}
                onSent={() => {
                  reload();
                  onChange();
                }}
              />
            ))}
          </tbody>
        </table>
      )}
      <LoadMore pages={{ hasMore, loading, error: entries ? error : null, loadMore }} />
    </div>
  );
}

function Row({ delivery, canSend, onSent }: { delivery: WebhookDelivery; canSend: boolean; onSent(): void }) {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { name, tone } = DELIVERY_STATES[delivery.state];
  const time = formatTime(delivery.triedAt ?? delivery.createdAt);
  const again = async () => {
    setError(null);
    setBusy(true);
    try {
      await sendWebhookAgain(delivery.id);
      onSent();
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
    }
    setBusy(false);
  };
  return (
    <tr>
      <td>
        <details className={styles.more}>
          <summary>
            <code>{delivery.type}</code>
            {delivery.items > 0 && <span className={styles.soft}> {delivery.items}</span>}
          </summary>
          <dl>
            <dt>Id</dt>
            <dd>
              <code>{delivery.messageId}</code>
            </dd>
            <dt>Attempts</dt>
            <dd>
              {delivery.tries}
              {delivery.nextTryAt && delivery.tries > 0 && `, the next at ${formatTime(delivery.nextTryAt)}`}
            </dd>
            {(delivery.error || delivery.answer) && (
              <>
                <dt>{delivery.error ? 'Why' : 'Answer'}</dt>
                <dd>{delivery.error ?? delivery.answer}</dd>
              </>
            )}
            <dt>Body</dt>
            <dd>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too. */}
              <pre className={styles.body} tabIndex={0}>
                {delivery.body}
              </pre>
            </dd>
          </dl>
        </details>
      </td>
      <td data-name="State">
        <Badge tone={tone}>{name}</Badge>
      </td>
      <td data-name="Answer">{outcomeOf(delivery)}</td>
      <td data-name="Time">{time}</td>
      <td>
        {canSend && (
          <Button
            kind="quiet"
            disabled={busy}
            aria-label={`Send ${delivery.type} of ${time} again`}
            onClick={again}
          >
            Send again
          </Button>
        )}
        <FormError>{error}</FormError>
      </td>
    </tr>
  );
}
