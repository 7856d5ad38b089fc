import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  GraphQLInt,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  valueFromAST,
} from 'graphql';
import { RateLimitedError } from '../errors/errors.ts';
import { own } from '../own.ts';
import { MAX_PAGE } from './connection.ts';
import { fragmentsOf, type Introspection, measureIntrospection } from './introspection.ts';

export interface QueryLimits {
  readonly depth: number;
  readonly cost: number;
}

/** What these fields cost beside what they return, of one type or of any: a run of the model, a search over the shop. */
const OWN_COST = new Map([
  ['parsePhoto', 5000],
  ['addRegion', 5000],
  ['importCatalogue', 5000],
  ['upsertItems', 5000],
  ['deleteItems', 5000],
  ['retryImport', 5000],
  ['importJob', 50],
  ['imports', 50],
  ['duplicates', 200],
  // Each goes through all of the shop's items.
  ['Shop.brands', 200],
  ['Shop.colors', 200],
  ['Shop.categories', 200],
  ['Shop.facets', 200],
  ['Shop.itemCount', 50],
  ['Shop.pendingCount', 50],
  ['importProgress', 500],
  ['errors', 20],
  ['Query.items', 50],
  ['similarItems', 50],
  ['compareModels', 5000],
  ['previewRule', 100],
  ['rules', 20],
  ['retrievalHealth', 1000],
  // Counted over more than the page.
  ['facets', 350],
  ['matchCount', 75],
  ['ItemConnection.totalCount', 200],
  ['ItemConnection.isTotalExact', 200],
]);
/** Lists whose `first` may be greater than a page's. */
const LONGEST = new Map([['errors', 1000]]);
/** How many elements a list is taken to have that has no `first`: a photo's garments, an item's images. */
const USUAL_LIST = 4;

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
  return ofSelections(schema.getRootType(operation.operation), operation.selectionSet);

  function ofSelections(
    type: GraphQLNamedType | null | undefined,
    { selections }: SelectionSetNode,
    page = 1,
  ): Measure {
    return selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) {
        const field = own(fieldsOf(type), selection.name.value);
        // Introspection is counted apart; __typename costs nothing.
        if (!field) return sum;
        const first = selection.arguments?.find(({ name }) => name.value === 'first')?.value;
        const asked = first && valueFromAST(first, GraphQLInt, variables as Record<string, unknown>);
        const returned = getNamedType(field.type);
        const all = elements(type, field, typeof asked === 'number' ? asked : undefined, page);
        // A page is so many edges; what else its connection has is there once.
        const [times, edges] = isConnection(returned) ? [1, all] : [all, 1];
        const inner = selection.selectionSet
          ? ofSelections(returned, selection.selectionSet, edges)
          : NOTHING;
        const itself = 1 + (OWN_COST.get(`${type?.name}.${field.name}`) ?? OWN_COST.get(field.name) ?? 0);
        return { depth: Math.max(sum.depth, 1 + inner.depth), cost: sum.cost + itself + times * inner.cost };
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

  function ofFragment(name: string, page: number): Measure {
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

function fieldsOf(type: GraphQLNamedType | null | undefined): Record<string, GraphQLField<unknown, unknown>> {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
}

function isConnection(type: GraphQLNamedType | null | undefined): boolean {
  return type?.name.endsWith('Connection') ?? false;
}

/** A page counts as its `first` where it is asked for, and so do its edges; a preview's lists were counted there. */
function elements(
  parent: GraphQLNamedType | null | undefined,
  field: GraphQLField<unknown, unknown>,
  asked: number | undefined,
  page: number,
): number {
  const first = field.args.find(({ name }) => name === 'first');
  // An absurd `first` is refused later, with a message of its own.
  if (first) {
    const most = LONGEST.get(field.name) ?? MAX_PAGE;
    return Math.min(most, Math.max(1, asked ?? Number(first.defaultValue ?? most)));
  }
  if (isConnection(parent)) return field.name === 'edges' ? page : 1;
  if (parent?.name === 'RulePreview') return 1;
  return isListType(getNullableType(field.type)) ? USUAL_LIST : 1;
}

/** Not an error of ours in GraphQL's: Apollo gives the status of this one alone. */
function refusal(code: string, message: string, status = 400, further: object = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...further, code, http: { status } } });
}
