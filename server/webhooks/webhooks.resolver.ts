import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { requireRole } from '../access/viewer.ts';
import { listCost, WORK_COST } from '../graphql/cost.ts';
import type { WebhookContext } from './context.ts';
import { listDeliveryPage, sendAgain, sendTest } from './deliveries.ts';
import {
  toDelivery,
  WebhookDelivery,
  WebhookDeliveryConnection,
  WebhookDeliveryState,
} from './delivery.type.ts';
import { WebhookEndpoint, WebhookInput, WebhookWithSecret } from './endpoint.type.ts';
import { listEndpoints } from './endpoints.sql.ts';
import { changeEndpoint, createEndpoint, removeEndpoint, rotateSecret, switchEndpoint } from './endpoints.ts';

const KEY = 'Requires a merchandiser or admin key.';
const ADMIN = 'Requires an admin key.';
const ENDPOINT = { description: 'Id of the endpoint.' } as const;

@Resolver()
export class WebhookResolver {
  @Query(() => [WebhookEndpoint], {
    complexity: listCost({ length: 10 }),
    description: `Addresses of the shop's own that are told of events, oldest first; at most ten. ${KEY}`,
  })
  webhooks(@Ctx() { db, shopId, viewer }: WebhookContext): Promise<WebhookEndpoint[]> {
    requireRole(viewer, 'merchandiser');
    return db.inShop(shopId, (tx) => listEndpoints(tx, shopId));
  }

  @Query(() => WebhookDeliveryConnection, {
    complexity: 20,
    description: `What was and will be sent to an endpoint, newest first. ${KEY}`,
  })
  async webhookDeliveries(
    @Arg('endpointId', () => ID, ENDPOINT) endpointId: string,
    @Arg('state', () => WebhookDeliveryState, {
      nullable: true,
      description: 'Only deliveries in this state.',
    })
    state: `${WebhookDeliveryState}` | null,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Page size, from 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the previous page.' })
    after: string | null,
    @Ctx() context: WebhookContext,
  ): Promise<WebhookDeliveryConnection> {
    requireRole(context.viewer, 'merchandiser');
    return listDeliveryPage(context, endpointId, { state, first, after });
  }

  @Mutation(() => WebhookWithSecret, {
    description: `Adds an endpoint. A shop has at most ten (TOO_MANY_WEBHOOKS). ${ADMIN}`,
  })
  async createWebhook(
    @Arg('webhook', () => WebhookInput, { description: 'The endpoint.' }) webhook: WebhookInput,
    @Ctx() context: WebhookContext,
  ): Promise<WebhookWithSecret> {
    requireRole(context.viewer, 'admin');
    return createEndpoint(context, webhook);
  }

  @Mutation(() => WebhookEndpoint, {
    description: `Changes an endpoint. What already waits for it is sent to the new address. ${ADMIN}`,
  })
  async changeWebhook(
    @Arg('id', () => ID, ENDPOINT) id: string,
    @Arg('webhook', () => WebhookInput, { description: 'The complete endpoint.' }) webhook: WebhookInput,
    @Ctx() context: WebhookContext,
  ): Promise<WebhookEndpoint> {
    requireRole(context.viewer, 'admin');
    return changeEndpoint(context, id, webhook);
  }

  @Mutation(() => WebhookEndpoint, {
    description:
      'Switches an endpoint off, or on again: what waited for it is then delivered. It is not told of what happens ' +
      `while it is off. ${ADMIN}`,
  })
  async switchWebhook(
    @Arg('id', () => ID, ENDPOINT) id: string,
    @Arg('on', () => Boolean, { description: 'Whether it is to be told.' }) on: boolean,
    @Ctx() context: WebhookContext,
  ): Promise<WebhookEndpoint> {
    requireRole(context.viewer, 'admin');
    return switchEndpoint(context, id, on);
  }

  @Mutation(() => WebhookWithSecret, {
    description: `Makes a new secret for an endpoint. Deliveries are signed with both for a while. ${ADMIN}`,
  })
  async rotateWebhookSecret(
    @Arg('id', () => ID, ENDPOINT) id: string,
    @Arg('keepHours', () => Int, {
      defaultValue: 24,
      description: 'Hours for which the former secret stays good, from 0 to 168.',
    })
    keepHours: number,
    @Ctx() context: WebhookContext,
  ): Promise<WebhookWithSecret> {
    requireRole(context.viewer, 'admin');
    return rotateSecret(context, id, keepHours);
  }

  @Mutation(() => Boolean, {
    description: `Removes an endpoint with its secrets and deliveries. Returns true. ${ADMIN}`,
  })
  async removeWebhook(
    @Arg('id', () => ID, ENDPOINT) id: string,
    @Ctx() context: WebhookContext,
  ): Promise<boolean> {
    requireRole(context.viewer, 'admin');
    await removeEndpoint(context, id);
    return true;
  }

  @Mutation(() => WebhookDelivery, {
    complexity: WORK_COST,
    description:
      'Sends a delivery that tells nothing, of type webhook.test, within a few seconds. Fails with WEBHOOK_DISABLED. ' +
      KEY,
  })
  async sendWebhookTest(
    @Arg('endpointId', () => ID, ENDPOINT) endpointId: string,
    @Ctx() context: WebhookContext,
  ): Promise<WebhookDelivery> {
    requireRole(context.viewer, 'merchandiser');
    return toDelivery(await sendTest(context, endpointId));
  }

  @Mutation(() => WebhookDelivery, {
    complexity: WORK_COST,
    description:
      'Sends a delivery once more, with the same id and body, within a few seconds. Fails with WEBHOOK_DISABLED. ' +
      KEY,
  })
  async sendWebhookAgain(
    @Arg('deliveryId', () => ID, { description: 'Id of the delivery.' }) deliveryId: string,
    @Ctx() context: WebhookContext,
  ): Promise<WebhookDelivery> {
    requireRole(context.viewer, 'merchandiser');
    return toDelivery(await sendAgain(context, deliveryId));
  }
}
