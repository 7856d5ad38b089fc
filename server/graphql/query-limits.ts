import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  GraphQLInt,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  valueFromAST,
  valueFromASTUntyped,
} from 'graphql';
import type { ErrorCodeName } from '../errors/codes.ts';
import { RateLimitedError } from '../errors/errors.ts';
import { own } from '../vocabulary/own.ts';
import { costOf } from './cost.ts';
import { fragmentsOf, type Introspection, measureIntrospection } from './introspection.ts';

export interface QueryLimits {
  readonly depth: number;
  readonly cost: number;
}

/**
 * Refuses operations that nest too deep or could return too much, before anything is resolved. `spend` takes the cost
 * from the client's minute; it throws RateLimitedError where that is used up.
 */
export function queryLimits<Context extends BaseContext>(
  schema: GraphQLSchema,
  limits: QueryLimits,
  spend: (context: Context, cost: number) => Promise<void>,
): ApolloServerPlugin<Context> {
  const introspection = measureIntrospection(schema);
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request, contextValue }) {
          if (!operation) return;
          if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
            throw refusal(
              'WANTS_EVENT_STREAM',
              'Subscriptions are answered as server-sent events: send "Accept: text/event-stream".',
            );
          }
          const cost = checkLimits(schema, document, operation, request.variables ?? {}, limits);
          const total = cost + checkIntrospection(introspection, document, operation);
          await spend(contextValue, total).catch(asGraphQLError);
        },
      };
    },
  };
}

/** Returns what the operation could cost. Throws GraphQLError QUERY_TOO_DEEP or QUERY_TOO_COSTLY. */
export function checkLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  limits: QueryLimits,
): number {
  const { depth, cost } = measure(schema, operation, fragmentsOf(document), variables);
  if (depth > limits.depth) {
    throw refusal('QUERY_TOO_DEEP', `This query is ${depth} fields deep; ${limits.depth} are allowed.`);
  }
  if (cost > limits.cost) {
    const message = `This query could cost ${cost} fields; ${limits.cost} are allowed. Ask for smaller pages.`;
    throw refusal('QUERY_TOO_COSTLY', message);
  }
  return cost;
}

/** Returns what the questions about the schema could cost. Throws GraphQLError QUERY_TOO_COSTLY. */
function checkIntrospection(
  { costOf, maxCost }: Introspection,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): number {
  const cost = costOf(operation, fragmentsOf(document));
  if (cost <= maxCost) return cost;
  const message = `This query asks for ${cost} fields of the schema; ${maxCost} are allowed. Ask for each part once.`;
  throw refusal('QUERY_TOO_COSTLY', message);
}

/** So that the answer has the status of the refusal. */
function asGraphQLError(error: unknown): never {
  if (error instanceof RateLimitedError) throw refusal(error.code, error.message, 429, error.extensions);
  throw error;
}

interface Measure {
  readonly depth: number;
  readonly cost: number;
}

const NOTHING: Measure = { depth: 0, cost: 0 };

/**
 * The deepest path and the number of fields that the operation could return. Validation has excluded circular
 * fragments; each is measured once, so that fragments that double at each level are cheap to refuse.
 */
export function measure(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  const measured = new Map<string, Measure>();
  const given = withDefaults(operation, variables);
  return ofSelections(schema.getRootType(operation.operation), operation.selectionSet);

  function ofSelections(
    type: GraphQLNamedType | null | undefined,
    { selections }: SelectionSetNode,
    page?: number,
  ): Measure {
    return selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) {
        const field = own(fieldsOf(type), selection.name.value);
        if (!field) return { depth: sum.depth, cost: sum.cost + costOfMeta(selection) };
        const lengths = (selection.arguments ?? []).flatMap((argument) => lengthOf(argument, given) ?? []);
        const asked = lengths.length > 0 ? Math.max(...lengths) : undefined;
        const returned = getNamedType(field.type);
        const first = firstOf(field, asked) ?? page;
        // What stands beside the edges of a connection is there once: only they are given its `first`.
        const inner = selection.selectionSet
          ? ofSelections(returned, selection.selectionSet, holdsList(returned) ? first : undefined)
          : NOTHING;
        const cost = costOf(field, { args: { first }, childComplexity: inner.cost });
        return { depth: Math.max(sum.depth, 1 + inner.depth), cost: sum.cost + cost };
      }
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value, page)
          : ofSelections(
              selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type,
              selection.selectionSet,
              page,
            );
      return { depth: Math.max(sum.depth, inner.depth), cost: sum.cost + inner.cost };
    }, NOTHING);
  }

  function ofFragment(name: string, page: number | undefined): Measure {
    const fragment = byName.get(name);
    const key = `${name} ${page}`;
    const known = measured.get(key);
    if (known || !fragment) return known ?? NOTHING;
    const type = schema.getType(fragment.typeCondition.name.value);
    const result = ofSelections(type, fragment.selectionSet, page);
    measured.set(key, result);
    return result;
  }
}

/** As the operation will read them: one that is not given may have a default of its own. */
function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const defaults = variableDefinitions.flatMap(({ variable: { name }, defaultValue }) =>
    defaultValue && own(variables, name.value) === undefined
      ? [[name.value, valueFromASTUntyped(defaultValue)] as const]
      : [],
  );
  return { ...variables, ...Object.fromEntries(defaults) };
}

/** Introspection is counted apart. Clients ask for `__typename` everywhere, once: only further ones cost as much as any field. */
function costOfMeta({ name, alias }: FieldNode): number {
  return name.value === '__typename' && alias ? 1 : 0;
}

function fieldsOf(type: GraphQLNamedType | null | undefined): Record<string, GraphQLField<unknown, unknown>> {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
}

/** Whether it is an object around a list, which the field's `first` or `count` bounds. */
function holdsList(type: GraphQLNamedType | null | undefined): boolean {
  return /(?:Connection|List)$/.test(type?.name ?? '');
}

/** The length that an argument asks for: a number, or that of its list of ids. */
function lengthOf({ name, value }: ArgumentNode, variables: Record<string, unknown>): number | undefined {
  if (name.value === 'ids') {
    const ids = value.kind === Kind.VARIABLE ? own(variables, value.name.value) : valueFromASTUntyped(value);
    return Array.isArray(ids) ? ids.length : undefined;
  }
  if (!isLength(name.value)) return undefined;
  const asked = valueFromAST(value, GraphQLInt, variables);
  return typeof asked === 'number' ? asked : undefined;
}

/** Whether an argument of this name says how long a list may be. */
function isLength(name: string): boolean {
  return name === 'first' || name === 'last' || name === 'count';
}

function firstOf(field: GraphQLField<unknown, unknown>, asked: number | undefined): number | undefined {
  const standard = field.args.find(({ name }) => isLength(name))?.defaultValue;
  return asked ?? (typeof standard === 'number' ? standard : undefined);
}

/** Not an error of ours in GraphQL's: Apollo gives the status of this one alone. */
function refusal(code: ErrorCodeName, message: string, status = 400, further: object = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...further, code, http: { status } } });
}
