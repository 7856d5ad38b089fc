'use client';

import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Check } from '@/components/ui/check.tsx';
import { Field } from '@/components/ui/field.tsx';
import form from '@/components/ui/form.module.css';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import type { Webhook, WebhookEvent, WebhookInput } from '@/lib/api/webhooks.ts';
import { explain } from '@/lib/explain.ts';
import { EVENTS } from './words.ts';

interface WebhookFormProps {
  webhook?: Webhook;
  action: string;
  onSave(values: WebhookInput): Promise<void>;
  onClose(): void;
}

/** The address, name and events of an endpoint. */
export function WebhookForm({ webhook, action, onSave, onClose }: WebhookFormProps) {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const url = String(data.get('url') ?? '').trim();
    const events = data.getAll('events') as WebhookEvent[];
    if (!url) return setError('Give the address of your receiver.');
    if (events.length === 0) return setError('Choose what it is to be told of.');
    setBusy(true);
    try {
      await onSave({ url, label: String(data.get('label') ?? '').trim(), events });
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
      setBusy(false);
    }
  };

  return (
    <form className={form.form} onSubmit={submit} onChange={() => setError(null)} noValidate>
      <Field label="Address" hint="https, on the public internet">
        {(control) => (
          <input
            {...control}
            name="url"
            type="url"
            inputMode="url"
            defaultValue={webhook?.url}
            placeholder="https://shop.example/hooks/armoire"
            autoComplete="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the form was just asked for.
            autoFocus
            required
          />
        )}
      </Field>
      <Field label="What is it for?" hint="Such as: stock system. May stay empty.">
        {(control) => (
          <input {...control} name="label" maxLength={100} defaultValue={webhook?.label} autoComplete="off" />
        )}
      </Field>
      <fieldset className={form.group}>
        <legend>It is told when</legend>
        {(Object.keys(EVENTS) as WebhookEvent[]).map((name) => (
          <Check
            key={name}
            name="events"
            value={name}
            defaultChecked={webhook ? webhook.events.includes(name) : true}
          >
            {EVENTS[name].told} <code>{EVENTS[name].name}</code>
          </Check>
        ))}
      </fieldset>
      <FormError>{error}</FormError>
      <div className={form.actions}>
        <Button kind="primary" type="submit" disabled={busy}>
          {busy ? 'Saving…' : action}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
