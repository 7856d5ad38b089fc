import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { Field, ID, InterfaceType } from 'type-graphql';

/** The types that have an identity, in the order of their numbers inside ids: new ones come last. */
export const NODE_TYPES = [
  'Shop',
  'Item',
  'Garment',
  'Photo',
  'Look',
  'Rule',
  'ImportJob',
  'AccessKey',
  'EmbeddingModel',
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

export interface NodeName {
  readonly type: NodeType;
  readonly shopId: string;
  /** The row's own id, unique among those of its type in its shop. */
  readonly id: string;
}

/**
 * GraphQL's global object identification, under another name than `id`: that is the id within the shop, by which shops
 * know their items.
 */
@InterfaceType({
  description: 'What has an identity of its own, and can be read again by `node`.',
  resolveType: ({ __typename }) => __typename,
})
export abstract class Node {
  @Field(() => ID, {
    description: 'Identifies it among all types and shops, for `node` and for caches. Opaque.',
  })
  nodeId!: string;
}

const SHOP_BYTES = 16;
/** Longer ones cannot be ours: a row's own id has at most 100 characters. */
const MAX_LENGTH = 600;

export function encodeNodeId({ type, shopId, id }: NodeName): string {
  const shop = Buffer.from(shopId.replaceAll('-', ''), 'hex');
  return Buffer.concat([Buffer.from([NODE_TYPES.indexOf(type)]), shop, Buffer.from(id)]).toString(
    'base64url',
  );
}

/** Null for what is not one of ours. */
export function decodeNodeId(nodeId: string): NodeName | null {
  if (nodeId.length > MAX_LENGTH) return null;
  const bytes = Buffer.from(nodeId, 'base64url');
  const type = NODE_TYPES[bytes[0] ?? -1];
  if (type === undefined || bytes.length <= 1 + SHOP_BYTES) return null;
  const shop = bytes.toString('hex', 1, 1 + SHOP_BYTES);
  const shopId = shop.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const name = { type, shopId, id: bytes.toString('utf8', 1 + SHOP_BYTES) };
  // One name has one id: no spelling of ours that differs.
  return encodeNodeId(name) === nodeId ? name : null;
}

/** Gives each type that implements Node its `nodeId`. TypeGraphQL would make an instance of the class for every row. */
export function resolveNodeIds(schema: GraphQLSchema): void {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) return;
  for (const type of schema.getPossibleTypes(node)) {
    const name = type.name as NodeType;
    type.getFields().nodeId!.resolve = ({ id }: { id: string }, _, { shopId }: { shopId: string }) =>
      // A shop that was just opened is not the one that the request is in.
      encodeNodeId({ type: name, shopId: name === 'Shop' ? id : shopId, id });
  }
}
