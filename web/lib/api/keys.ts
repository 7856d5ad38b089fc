import { request, requestWith } from './client.ts';
import {
  CreateKeyDocument,
  KeysDocument,
  RevokeKeyDocument,
  SetHoldOutDocument,
  ViewerOfKeyDocument,
} from './generated/documents/keys.ts';
import type {
  AccessKeyFieldsFragment,
  CreateKeyMutationVariables,
  KeyRole,
  Role,
} from './generated/graphql.ts';

export type { KeyRole };
export type AccessKey = AccessKeyFieldsFragment;

/** What a key may do, and in which shop. */
export async function loadViewer(key: string): Promise<{ role: Role; shop: string }> {
  const { viewer, shop } = await requestWith(key, ViewerOfKeyDocument, {});
  return { role: viewer.role, shop: shop.name };
}

export async function loadKeys(signal?: AbortSignal): Promise<AccessKey[]> {
  return (await request(KeysDocument, {}, signal)).keys;
}

/** The only response that contains the key itself. */
export async function createKey(
  wanted: CreateKeyMutationVariables,
): Promise<{ key: string; details: AccessKey }> {
  return (await request(CreateKeyDocument, wanted)).createKey;
}

export async function revokeKey(id: string): Promise<void> {
  await request(RevokeKeyDocument, { id });
}

/** From then on, this share of the key's visits should see no recommendations. */
export async function setHoldOut(id: string, share: number): Promise<void> {
  await request(SetHoldOutDocument, { id, share });
}
