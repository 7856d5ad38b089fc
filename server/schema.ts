import 'reflect-metadata';
import {
  type ASTNode,
  buildASTSchema,
  type GraphQLSchema,
  isInputObjectType,
  isObjectType,
  parse,
  printSchema,
  visit,
} from 'graphql';
import { buildSchema } from 'type-graphql';
import { KeyResolver } from './access/keys.resolver.ts';
import { ViewerResolver } from './access/viewer.resolver.ts';
import { imageUrlOf } from './catalogue/items/item-images.ts';
import { catalogueResolvers } from './catalogue/resolvers.ts';
import { GarmentResolver } from './garments/garments.resolver.ts';
import { ErrorCodeResolver } from './graphql/error-codes.ts';
import { resolveNodeIds } from './graphql/node.ts';
import { guardTexts } from './graphql/scalars.ts';
import { HealthResolver } from './health/health.resolver.ts';
import { insightsResolvers } from './insights/insights.resolver.ts';
import { merchandisingResolvers } from './merchandising/rules.resolver.ts';
import { ModelResolver } from './models/models.resolver.ts';
import { NodeResolver } from './nodes/nodes.resolver.ts';
import { lookResolvers } from './outfits/looks/looks.resolver.ts';
import { NoOutfitResolver } from './outfits/no-outfit/no-outfit.resolver.ts';
import { outfitResolvers } from './outfits/outfits.resolver.ts';
import { PhotoResolver } from './photos/photos.resolver.ts';
import { retrievalResolvers } from './retrieval/similar.resolver.ts';
import { ShopResolver } from './shops/shops.resolver.ts';
import { LandmarksResolver } from './try-on/landmarks.resolver.ts';
import { TryOnResolver } from './try-on/try-on.resolver.ts';
import { WebhookResolver } from './webhooks/webhooks.resolver.ts';

export async function makeSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      ShopResolver,
      ViewerResolver,
      KeyResolver,
      ErrorCodeResolver,
      PhotoResolver,
      GarmentResolver,
      ModelResolver,
      HealthResolver,
      NoOutfitResolver,
      NodeResolver,
      WebhookResolver,
      TryOnResolver,
      LandmarksResolver,
      ...insightsResolvers,
      ...lookResolvers,
      ...outfitResolvers,
      ...retrievalResolvers,
      ...catalogueResolvers,
      ...merchandisingResolvers,
    ],
    // Inputs are checked where they are used, with codes of our own.
    validate: false,
    // Every subscription brings its own source of events.
    pubSub: { publish: () => undefined, subscribe: () => noEvents() },
  });
  // TypeGraphQL has no word for it yet; graphql-js prints it as @oneOf and enforces it.
  for (const name of ['SimilarTo', 'OutfitsTo', 'RuleTargetInput']) {
    const type = schema.getType(name);
    if (isInputObjectType(type)) type.isOneOf = true;
  }
  // TypeGraphQL makes a promise of what a resolver with arguments returns, which slows down a page of images.
  const item = schema.getType('Item');
  if (isObjectType(item)) item.getFields().imageUrl!.resolve = imageUrlOf;
  resolveNodeIds(schema);
  guardTexts(schema);
  return schema;
}

/** TypeGraphQL wants a source, though nothing is ever published to it. */
async function* noEvents(): AsyncGenerator<never> {}

/** The schema as text. Types and fields are sorted, so that imports do not order it; enum values and arguments are not. */
export function textOf(schema: GraphQLSchema): string {
  const sorted = visit(parse(printSchema(schema)), {
    Document: { leave: (node) => ({ ...node, definitions: byName(node.definitions) }) },
    ObjectTypeDefinition: { leave: (node) => ({ ...node, fields: byName(node.fields) }) },
    InterfaceTypeDefinition: { leave: (node) => ({ ...node, fields: byName(node.fields) }) },
    InputObjectTypeDefinition: { leave: (node) => ({ ...node, fields: byName(node.fields) }) },
  });
  return `${printSchema(buildASTSchema(sorted))}\n`;
}

function byName<Node extends ASTNode>(nodes: readonly Node[] = []): Node[] {
  const nameOf = (node: Node) => ('name' in node && node.name && 'value' in node.name ? node.name.value : '');
  return nodes.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
