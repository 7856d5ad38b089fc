import type { Tone } from '@/components/ui/badge.tsx';
import type { Webhook, WebhookDelivery, WebhookDeliveryState, WebhookEvent } from '@/lib/api/webhooks.ts';
import { formatAge } from '@/lib/format.ts';

export const EVENTS: Record<WebhookEvent, { name: string; told: string }> = {
  IMPORT_FINISHED: { name: 'import.finished', told: 'an import has ended' },
  ITEM_FAILED: { name: 'item.failed', told: 'items could not be read' },
  MODEL_PROMOTED: { name: 'model.promoted', told: 'searches use another model' },
};

export const DELIVERY_STATES: Record<WebhookDeliveryState, { name: string; tone: Tone }> = {
  WAITING: { name: 'Waiting', tone: 'plain' },
  DELIVERED: { name: 'Delivered', tone: 'good' },
  FAILED: { name: 'Failed', tone: 'warn' },
};

const OFF: Record<NonNullable<Webhook['disabledReason']>, string> = {
  BY_HAND: 'Switched off. It is not told of what happens meanwhile.',
  FAILING:
    'Switched off, because every attempt failed for three days. It is not told of what happens meanwhile.',
  GONE: 'Switched off, because it answered that it is gone (410). It is not told of what happens meanwhile.',
  BACKLOG:
    'Switched off, because too many deliveries waited for it. It is not told of what happens meanwhile.',
};

/** How an endpoint does, in a word and a sentence. */
export function conditionOf(webhook: Webhook): { name: string; tone: Tone; told: string | null } {
  const { disabledReason, failingSince } = webhook;
  if (disabledReason) {
    return { name: 'Off', tone: disabledReason === 'BY_HAND' ? 'soft' : 'warn', told: OFF[disabledReason] };
  }
  if (failingSince) {
    const told = `Every attempt has failed for ${formatAge(failingSince)}. It is tried again by itself; after three days it is switched off.`;
    return { name: 'Failing', tone: 'warn', told };
  }
  return { name: 'On', tone: 'good', told: null };
}

/** What became of the last attempt. */
export function outcomeOf({ status, error, tries, tookMs }: WebhookDelivery): string {
  if (tries === 0 && status === null && error === null) return 'Not tried yet';
  const took = tookMs === null ? '' : ` in ${tookMs} ms`;
  return status === null ? 'No answer' : `${status}${took}`;
}

export function nameOf({ label, url }: Webhook): string {
  return label || new URL(url).host;
}
