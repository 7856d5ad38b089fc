'use client';

import { useId, useState } from 'react';
import { NewSecret } from '@/components/manage/new-secret.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Confirm } from '@/components/ui/confirm.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import {
  changeWebhook,
  removeWebhook,
  rotateWebhookSecret,
  sendWebhookTest,
  switchWebhook,
  type Webhook,
} from '@/lib/api/webhooks.ts';
import { explain } from '@/lib/explain.ts';
import { formatTime } from '@/lib/format.ts';
import { Deliveries } from './deliveries.tsx';
import { WebhookForm } from './webhook-form.tsx';
import styles from './webhooks.module.css';
import { conditionOf, EVENTS, nameOf } from './words.ts';

const KEEP_HOURS = 24;

/** An endpoint: how it does, what can be done with it, and its deliveries. */
export function WebhookCard({
  webhook,
  isAdmin,
  onChange,
}: {
  webhook: Webhook;
  isAdmin: boolean;
  onChange(): void;
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState<'edit' | 'secret' | 'remove' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // The list below reloads when something was sent by hand.
  const [sent, setSent] = useState(0);
  const { name: condition, tone, told } = conditionOf(webhook);
  const name = nameOf(webhook);
  const attempt = async (work: () => Promise<void>) => {
    setError(null);
    setBusy(true);
    try {
      await work();
      onChange();
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
    }
    setBusy(false);
  };
  const test = () =>
    attempt(async () => {
      await sendWebhookTest(webhook.id);
      setOpen(true);
      setSent((before) => before + 1);
    });
  const isOn = webhook.disabledAt === null;
  return (
    <li className={styles.card} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{name}</h2>
        <Badge tone={tone}>{condition}</Badge>
      </div>
      <p className={styles.address}>{webhook.url}</p>
      <p className={styles.soft}>
        {webhook.events.map((event) => EVENTS[event].name).join(', ')}
        {webhook.waitingCount > 0 && ` · ${webhook.waitingCount} waiting`}
        {webhook.signsWithBothUntil &&
          ` · signed with the former secret too until ${formatTime(webhook.signsWithBothUntil)}`}
      </p>
      {told && (
        <p className={styles.told} data-tone={tone}>
          {told}
        </p>
      )}
      {secret && (
        <NewSecret
          secret={secret}
          heading={`The secret of ${name}`}
          copy="Copy the secret"
          onClose={() => setSecret(null)}
        >
          <p>
            Copy it now: it is shown this once. Deliveries are signed with the former one as well for{' '}
            {KEEP_HOURS} hours.
          </p>
        </NewSecret>
      )}
      {asking === 'edit' ? (
        <WebhookForm
          webhook={webhook}
          action="Save"
          onSave={async (values) => {
            await changeWebhook(webhook.id, values);
            setAsking(null);
            onChange();
          }}
          onClose={() => setAsking(null)}
        />
      ) : (
        <div className={styles.actions}>
          {isOn && (
            <Button disabled={busy} onClick={test}>
              Send a test
            </Button>
          )}
          {isAdmin && (
            <Button
              kind={isOn ? 'plain' : 'primary'}
              disabled={busy}
              onClick={() => attempt(() => switchWebhook(webhook.id, !isOn))}
            >
              {isOn ? 'Switch off' : 'Switch on'}
            </Button>
          )}
          {isAdmin && (
            <>
              <Button onClick={() => setAsking('edit')}>Change</Button>
              <Button onClick={() => setAsking('secret')}>New secret</Button>
              <Button kind="quiet" onClick={() => setAsking('remove')}>
                Remove
              </Button>
            </>
          )}
        </div>
      )}
      <FormError>{error}</FormError>
      <details
        className={styles.deliveries}
        open={open}
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>Deliveries</summary>
        {open && <Deliveries webhook={webhook} sent={sent} onChange={onChange} />}
      </details>
      {asking === 'secret' && (
        <Confirm
          title={`A new secret for ${name}?`}
          action="Make a new secret"
          onConfirm={async () => {
            setSecret((await rotateWebhookSecret(webhook.id, KEEP_HOURS)).secret);
            onChange();
          }}
          onClose={() => setAsking(null)}
        >
          <p>
            For {KEEP_HOURS} hours, deliveries are signed with both, so that your receiver can take over the
            new one without missing any.
          </p>
        </Confirm>
      )}
      {asking === 'remove' && (
        <Confirm
          title={`Remove ${name}?`}
          action="Remove it"
          danger
          onConfirm={async () => {
            await removeWebhook(webhook.id);
            onChange();
          }}
          onClose={() => setAsking(null)}
        >
          <p>It is told of nothing any more, and the list of its deliveries goes with it.</p>
        </Confirm>
      )}
    </li>
  );
}
