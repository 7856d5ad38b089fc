// Made by "npm run generate". Change what it is made from instead.
import { type WebhooksQuery, type WebhooksQueryVariables, type WebhookDeliveriesQuery, type WebhookDeliveriesQueryVariables, type CreateWebhookMutation, type CreateWebhookMutationVariables, type ChangeWebhookMutation, type ChangeWebhookMutationVariables, type SwitchWebhookMutation, type SwitchWebhookMutationVariables, type RotateWebhookSecretMutation, type RotateWebhookSecretMutationVariables, type RemoveWebhookMutation, type RemoveWebhookMutationVariables, type SendWebhookTestMutation, type SendWebhookTestMutationVariables, type SendWebhookAgainMutation, type SendWebhookAgainMutationVariables, TypedDocumentString } from '../graphql.ts';

export const WebhooksDocument = new TypedDocumentString(`
    query Webhooks {
  webhooks {
    ...WebhookFields
  }
}
    fragment WebhookFields on WebhookEndpoint {
  id
  url
  label
  events
  createdAt
  failingSince
  nextTryAt
  disabledAt
  disabledReason
  waitingCount
  secretMadeAt
  signsWithBothUntil
}`) as unknown as TypedDocumentString<WebhooksQuery, WebhooksQueryVariables>;
export const WebhookDeliveriesDocument = new TypedDocumentString(`
    query WebhookDeliveries($endpointId: ID!, $state: WebhookDeliveryState, $first: Int!, $after: String) {
  webhookDeliveries(
    endpointId: $endpointId
    state: $state
    first: $first
    after: $after
  ) {
    edges {
      node {
        ...WebhookDeliveryFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment WebhookDeliveryFields on WebhookDelivery {
  id
  messageId
  type
  isTest
  state
  tries
  items
  createdAt
  triedAt
  nextTryAt
  endedAt
  status
  answer
  error
  tookMs
  body
}`) as unknown as TypedDocumentString<WebhookDeliveriesQuery, WebhookDeliveriesQueryVariables>;
export const CreateWebhookDocument = new TypedDocumentString(`
    mutation CreateWebhook($webhook: WebhookInput!) {
  createWebhook(webhook: $webhook) {
    secret
    endpoint {
      ...WebhookFields
    }
  }
}
    fragment WebhookFields on WebhookEndpoint {
  id
  url
  label
  events
  createdAt
  failingSince
  nextTryAt
  disabledAt
  disabledReason
  waitingCount
  secretMadeAt
  signsWithBothUntil
}`) as unknown as TypedDocumentString<CreateWebhookMutation, CreateWebhookMutationVariables>;
export const ChangeWebhookDocument = new TypedDocumentString(`
    mutation ChangeWebhook($id: ID!, $webhook: WebhookInput!) {
  changeWebhook(id: $id, webhook: $webhook) {
    ...WebhookFields
  }
}
    fragment WebhookFields on WebhookEndpoint {
  id
  url
  label
  events
  createdAt
  failingSince
  nextTryAt
  disabledAt
  disabledReason
  waitingCount
  secretMadeAt
  signsWithBothUntil
}`) as unknown as TypedDocumentString<ChangeWebhookMutation, ChangeWebhookMutationVariables>;
export const SwitchWebhookDocument = new TypedDocumentString(`
    mutation SwitchWebhook($id: ID!, $on: Boolean!) {
  switchWebhook(id: $id, on: $on) {
    ...WebhookFields
  }
}
    fragment WebhookFields on WebhookEndpoint {
  id
  url
  label
  events
  createdAt
  failingSince
  nextTryAt
  disabledAt
  disabledReason
  waitingCount
  secretMadeAt
  signsWithBothUntil
}`) as unknown as TypedDocumentString<SwitchWebhookMutation, SwitchWebhookMutationVariables>;
export const RotateWebhookSecretDocument = new TypedDocumentString(`
    mutation RotateWebhookSecret($id: ID!, $keepHours: Int!) {
  rotateWebhookSecret(id: $id, keepHours: $keepHours) {
    secret
    endpoint {
      ...WebhookFields
    }
  }
}
    fragment WebhookFields on WebhookEndpoint {
  id
  url
  label
  events
  createdAt
  failingSince
  nextTryAt
  disabledAt
  disabledReason
  waitingCount
  secretMadeAt
  signsWithBothUntil
}`) as unknown as TypedDocumentString<RotateWebhookSecretMutation, RotateWebhookSecretMutationVariables>;
export const RemoveWebhookDocument = new TypedDocumentString(`
    mutation RemoveWebhook($id: ID!) {
  removeWebhook(id: $id)
}
    `) as unknown as TypedDocumentString<RemoveWebhookMutation, RemoveWebhookMutationVariables>;
export const SendWebhookTestDocument = new TypedDocumentString(`
    mutation SendWebhookTest($endpointId: ID!) {
  sendWebhookTest(endpointId: $endpointId) {
    ...WebhookDeliveryFields
  }
}
    fragment WebhookDeliveryFields on WebhookDelivery {
  id
  messageId
  type
  isTest
  state
  tries
  items
  createdAt
  triedAt
  nextTryAt
  endedAt
  status
  answer
  error
  tookMs
  body
}`) as unknown as TypedDocumentString<SendWebhookTestMutation, SendWebhookTestMutationVariables>;
export const SendWebhookAgainDocument = new TypedDocumentString(`
    mutation SendWebhookAgain($deliveryId: ID!) {
  sendWebhookAgain(deliveryId: $deliveryId) {
    ...WebhookDeliveryFields
  }
}
    fragment WebhookDeliveryFields on WebhookDelivery {
  id
  messageId
  type
  isTest
  state
  tries
  items
  createdAt
  triedAt
  nextTryAt
  endedAt
  status
  answer
  error
  tookMs
  body
}`) as unknown as TypedDocumentString<SendWebhookAgainMutation, SendWebhookAgainMutationVariables>;
