/** What tests that try every field read off the schema itself. */
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  OperationTypeNode,
} from 'graphql';

const OPERATIONS = Object.values(OperationTypeNode);

/**
 * Where a field takes what names a row: paths of its arguments that are IDs or cursors, `refine.moreLike.itemId`
 * among them.
 */
export function namingPaths(args: readonly (GraphQLArgument | GraphQLInputField)[], within = ''): string[] {
  return args.flatMap((arg) => {
    const path = within + arg.name;
    const type = getNamedType(arg.type);
    if (isInputObjectType(type)) return namingPaths(Object.values(type.getFields()), `${path}.`);
    return type.name === 'ID' || arg.name === 'after' ? [path] : [];
  });
}

/** The fields of an operation's root: their names, and the paths by which they name rows. */
export function rootFields(schema: GraphQLSchema): Map<string, string[]> {
  return new Map(
    OPERATIONS.flatMap((operation) =>
      Object.values(schema.getRootType(operation)?.getFields() ?? {}).map((field): [string, string[]] => [
        `${operation} ${field.name}`,
        namingPaths(field.args),
      ]),
    ),
  );
}

/** Fields below the root that name rows: all but the cursors of connections are to be tried by hand. */
export function namingFieldsBelow(schema: GraphQLSchema): string[] {
  const roots = OPERATIONS.map((operation) => schema.getRootType(operation));
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type))
    .flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields()).flatMap((field) =>
            namingPaths(field.args)
              .filter((path) => path !== 'after')
              .map((path) => `${type.name}.${field.name}.${path}`),
          )
        : [],
    );
}

/** A selection of every field that needs no argument, so deep, but those `without`, as "Type.field"; '' for a scalar. */
export function selectAll(type: GraphQLType, depth: number, without: readonly string[] = []): string {
  const named = getNamedType(type);
  // What implements it is asked for by the query of its type.
  if (isInterfaceType(named)) return `{ __typename ${Object.keys(named.getFields()).join(' ')} }`;
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument) || without.includes(`${named.name}.${field.name}`)) return [];
    if (!isObjectType(getNamedType(field.type))) return [field.name];
    return depth > 1 ? [`${field.name} ${selectAll(field.type, depth - 1, without)}`] : [];
  });
  return fields.length > 0 ? `{ ${fields.join(' ')} }` : '{ __typename }';
}
