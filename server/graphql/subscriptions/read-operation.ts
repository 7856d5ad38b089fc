import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { z } from 'zod';
import type { ErrorCodeName } from '../../errors/codes.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import { checkLimits, type QueryLimits } from '../query-limits.ts';

const Body = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

export interface ReadOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variableValues: Record<string, unknown>;
}

/** The subscription that a request's body asks for, within the limits of any query. Throws GraphQLError. */
export function readOperation(
  schema: GraphQLSchema,
  body: unknown,
  limits: QueryLimits & { readonly tokens: number },
): ReadOperation {
  const read = Body.safeParse(body);
  if (!read.success) {
    throw new InvalidInputError(
      'The body must be JSON with a query, sent with Content-Type: application/json.',
    );
  }
  const { query, operationName, variables } = read.data;
  const document = toDocument(query, limits.tokens);
  const [fault] = validate(schema, document, undefined, { maxErrors: 1 });
  if (fault) throw coded('GRAPHQL_VALIDATION_FAILED', fault);
  const operation = getOperationAST(document, operationName);
  if (!operation)
    throw new InvalidInputError('The document has several operations: choose one with operationName.', {
      field: 'operationName',
    });
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
    throw new InvalidInputError(
      'Only subscriptions are answered as an event stream. Send "Accept: application/json" instead.',
      { field: 'query' },
    );
  }
  refuseSkips(document, operation);
  const values = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, {
    maxErrors: 1,
  });
  if (values.errors) throw coded('BAD_USER_INPUT', values.errors[0]!);
  checkLimits(schema, document, operation, variables ?? {}, limits);
  return { document, operationName, variableValues: variables ?? {} };
}

/** As GraphQL's specification has it since 2025: a subscription has one root field, always. graphql-js would throw. */
function refuseSkips(document: DocumentNode, operation: OperationDefinitionNode): void {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet]] : [],
    ),
  );
  const pending: SelectionSetNode[] = [operation.selectionSet];
  for (const { selections } of pending) {
    for (const selection of selections) {
      const skip = selection.directives?.find(
        ({ name }) => name.value === 'skip' || name.value === 'include',
      );
      if (skip) {
        const message = 'The root of a subscription must not have @skip or @include.';
        throw coded('GRAPHQL_VALIDATION_FAILED', new GraphQLError(message, { nodes: skip }));
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) pending.push(selection.selectionSet);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const spread = fragments.get(selection.name.value);
        // Each once: a document may double its fragments at each level.
        fragments.delete(selection.name.value);
        if (spread) pending.push(spread);
      }
    }
  }
}

function toDocument(query: string, maxTokens: number): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) throw coded('GRAPHQL_PARSE_FAILED', error);
    // What is nested without end: the parser calls itself.
    if (error instanceof RangeError) throw coded('GRAPHQL_PARSE_FAILED', new GraphQLError(error.message));
    throw error;
  }
}

function coded(code: ErrorCodeName, error: GraphQLError): GraphQLError {
  const { message, nodes = null, source = null, positions = null } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
