/** Every operation of the schema, with odd arguments and a selection of what it returns. */
import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  OperationTypeNode,
} from 'graphql';
import { selectAll } from '../helpers/walk-schema.ts';
import { objectOf } from './values.ts';

export interface Sent {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A field with the way that leads to it. */
interface Place {
  readonly operation: OperationTypeNode;
  readonly field: GraphQLField<unknown, unknown>;
  /** `item(id: "…") { primaryGarment {` */
  readonly way: readonly string[];
}

/** What is sent by a form of its own. */
const UPLOADS = ['parsePhoto', 'importCatalogue'];

export interface Named {
  readonly itemId: string;
  readonly photoId: string;
  readonly doneJobId: string;
}

function placesOf(schema: GraphQLSchema, named: Named): Place[] {
  const roots = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION].flatMap((operation) =>
    Object.values(schema.getRootType(operation)!.getFields()).map((field) => ({ operation, field, way: [] })),
  );
  const text = JSON.stringify;
  const ways: Readonly<Record<string, readonly string[]>> = {
    Item: [`item(id: ${text(named.itemId)})`],
    ItemImage: [`item(id: ${text(named.itemId)})`, 'images'],
    Garment: [`photo(id: ${text(named.photoId)})`, 'garments'],
    Photo: [`photo(id: ${text(named.photoId)})`],
    ImportJob: [`importJob(id: ${text(named.doneJobId)})`],
  };
  const below = Object.entries(ways).flatMap(([name, way]) => {
    const type = schema.getType(name);
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    return fields
      .filter(({ args }) => args.length > 0)
      .map((field) => ({ operation: OperationTypeNode.QUERY, field, way }));
  });
  return [...roots.filter(({ field }) => !UPLOADS.includes(field.name)), ...below];
}

/** Fields of few arguments come as often as those of many. */
export function operations(
  schema: GraphQLSchema,
  named: Named,
  names: readonly string[],
  depth: number,
): fc.Arbitrary<Sent> {
  return fc.constantFrom(...placesOf(schema, named)).chain(({ operation, field, way }) => {
    const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
    const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
    const inner = `${field.name}${passed && `(${passed})`} ${selectAll(getNamedType(field.type), depth)}`;
    const nested = way.reduceRight((within, step) => `${step} { ${within} }`, inner);
    const query = `${operation} ${declared && `(${declared})`} { ${nested} }`;
    return objectOf(field.args, names).map((variables) => ({ query, variables }));
  });
}
