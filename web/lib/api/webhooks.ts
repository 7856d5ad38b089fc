import { request } from './client.ts';
import {
  ChangeWebhookDocument,
  CreateWebhookDocument,
  RemoveWebhookDocument,
  RotateWebhookSecretDocument,
  SendWebhookAgainDocument,
  SendWebhookTestDocument,
  SwitchWebhookDocument,
  WebhookDeliveriesDocument,
  WebhooksDocument,
} from './generated/documents/webhooks.ts';
import type {
  WebhookDeliveryFieldsFragment,
  WebhookDeliveryState,
  WebhookEvent,
  WebhookFieldsFragment,
  WebhookInput,
} from './generated/graphql.ts';
import { nextCursor, PAGE_SIZE, type Page } from './page.ts';

export type { WebhookDeliveryState, WebhookEvent, WebhookInput };
export type Webhook = WebhookFieldsFragment;
export type WebhookDelivery = WebhookDeliveryFieldsFragment;

export async function loadWebhooks(signal?: AbortSignal): Promise<Webhook[]> {
  return (await request(WebhooksDocument, {}, signal)).webhooks;
}

export async function loadWebhookDeliveries(
  endpointId: string,
  state: WebhookDeliveryState | null,
  after: string | null,
  signal?: AbortSignal,
): Promise<Page<WebhookDelivery>> {
  const variables = { endpointId, state, after, first: PAGE_SIZE };
  const { webhookDeliveries } = await request(WebhookDeliveriesDocument, variables, signal);
  return {
    entries: webhookDeliveries.edges.map(({ node }) => node),
    next: nextCursor(webhookDeliveries.pageInfo),
    total: null,
  };
}

/** Like `rotateWebhookSecret`, the only response that contains the secret. */
export async function createWebhook(webhook: WebhookInput): Promise<{ secret: string; endpoint: Webhook }> {
  return (await request(CreateWebhookDocument, { webhook })).createWebhook;
}

export async function changeWebhook(id: string, webhook: WebhookInput): Promise<void> {
  await request(ChangeWebhookDocument, { id, webhook });
}

export async function switchWebhook(id: string, on: boolean): Promise<void> {
  await request(SwitchWebhookDocument, { id, on });
}

/** The former secret stays good for so many hours. */
export async function rotateWebhookSecret(
  id: string,
  keepHours: number,
): Promise<{ secret: string; endpoint: Webhook }> {
  return (await request(RotateWebhookSecretDocument, { id, keepHours })).rotateWebhookSecret;
}

export async function removeWebhook(id: string): Promise<void> {
  await request(RemoveWebhookDocument, { id });
}

export async function sendWebhookTest(endpointId: string): Promise<void> {
  await request(SendWebhookTestDocument, { endpointId });
}

export async function sendWebhookAgain(deliveryId: string): Promise<void> {
  await request(SendWebhookAgainDocument, { deliveryId });
}
