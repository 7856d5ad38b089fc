import { createHash } from 'node:crypto';
import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLResponse } from '@apollo/server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getIntrospectionQuery,
  getOperationAST,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { own } from '../vocabulary/own.ts';

/** One operation may ask for the tools' standard question and a little beside it. */
const MOST = 1.25;
/** Answers kept: tools ask the same few questions. A whole schema's takes about a megabyte. */
const KEPT = 8;

export interface Introspection {
  /** Fields that the answer could have. */
  costOf(operation: OperationDefinitionNode, fragments: readonly FragmentDefinitionNode[]): number;
  /** The most that one operation's may be. */
  readonly maxCost: number;
}

/** Lists count as long as they are in this schema on average. */
export function measureIntrospection(schema: GraphQLSchema): Introspection {
  const lengths = listLengths(schema);
  const costOf: Introspection['costOf'] = (operation, fragments) => {
    const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
    const measured = new Map<string, number>();
    return Math.ceil(ofSelections(operation.selectionSet, 'Query'));

    /** `parent` is the field that the selections are of; validation has excluded circular fragments. */
    function ofSelections({ selections }: SelectionSetNode, parent: string): number {
      let cost = 0;
      for (const selection of selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) cost += ofFragment(selection.name.value, parent);
        else if (selection.kind === Kind.INLINE_FRAGMENT)
          cost += ofSelections(selection.selectionSet, parent);
        else {
          const name = selection.name.value;
          // What the schema holds is counted with all other fields.
          if (parent === 'Query' && !ROOTS.has(name)) continue;
          const times = lengths.get(`${parent}.${name}`) ?? lengths.get(name) ?? 1;
          const inner = selection.selectionSet ? ofSelections(selection.selectionSet, name) : 0;
          cost += times * (1 + inner);
        }
      }
      return cost;
    }

    function ofFragment(name: string, parent: string): number {
      const key = `${parent} ${name}`;
      const known = measured.get(key);
      const fragment = byName.get(name);
      if (known !== undefined || !fragment) return known ?? 0;
      const cost = ofSelections(fragment.selectionSet, parent);
      measured.set(key, cost);
      return cost;
    }
  };
  const standard = parse(
    getIntrospectionQuery({
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
      oneOf: true,
      schemaDescription: true,
      specifiedByUrl: true,
    }),
  );
  return { costOf, maxCost: MOST * costOf(getOperationAST(standard)!, fragmentsOf(standard)) };
}

const ROOTS = new Set(['__schema', '__type']);

function listLengths(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const types = Object.values(schema.getTypeMap());
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const fieldsOf = types.map((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const fields = sum(fieldsOf.map(({ length }) => length));
  const inputs = types.map((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0));
  const values = types.map((type) => (isEnumType(type) ? type.getValues().length : 0));
  const sizes = types.map((_, i) => {
    const args = fieldsOf[i]!.map((field) => field.args.length);
    return fieldsOf[i]!.length + sum(args) + inputs[i]! + values[i]!;
  });
  const directives = schema.getDirectives();
  const average = (count: number, among: number) => Math.max(count / Math.max(among, 1), 0.1);
  return new Map([
    ['types', types.length],
    ['directives', directives.length],
    ['fields', average(fields, types.length)],
    ['inputFields', average(sum(inputs), types.length)],
    ['enumValues', average(sum(values), types.length)],
    [
      'interfaces',
      average(sum(types.map((type) => (isObjectType(type) ? type.getInterfaces().length : 0))), types.length),
    ],
    ['args', average(sum(fieldsOf.flat().map(({ args }) => args.length)), fields)],
    ['directives.args', average(sum(directives.map(({ args }) => args.length)), directives.length)],
    // Who names a type may name the largest.
    ['Query.__type', Math.max(...sizes) / average(sum(sizes), types.length)],
  ]);
}

export function fragmentsOf({ definitions }: DocumentNode): FragmentDefinitionNode[] {
  return definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
}

/** Keeps the latest answers to questions about the schema alone, which are the same for everybody. */
export function keepIntrospection<Context extends object>(): ApolloServerPlugin<Context> {
  const kept = new Map<string, GraphQLResponse['body']>();
  return {
    async requestDidStart() {
      let key: string | null = null;
      return {
        async responseForOperation(of) {
          key = keyOf(of);
          const body = key === null ? undefined : kept.get(key);
          return body ? { http: of.response.http, body } : null;
        },
        async willSendResponse({ response: { body } }) {
          if (key === null || body.kind !== 'single' || body.singleResult.errors) return;
          kept.delete(key);
          kept.set(key, body);
          for (const oldest of kept.keys()) {
            if (kept.size <= KEPT) return;
            kept.delete(oldest);
          }
        },
      };
    },
  };
}

/** Null where the operation asks for anything but the schema. */
function keyOf({
  document,
  operation,
  operationName,
  request,
  source,
}: GraphQLRequestContext<object>): string | null {
  if (!document || !operation || !asksSchemaAlone(operation, fragmentsOf(document))) return null;
  const given = (operation.variableDefinitions ?? []).map(({ variable }) =>
    own(request.variables ?? {}, variable.name.value),
  );
  // A name of a type, or whether to skip it. What is neither will be refused, and may nest without end.
  if (given.some((value) => typeof value === 'object' && value !== null)) return null;
  return createHash('sha256')
    .update(JSON.stringify([source, operationName, given]))
    .digest('base64');
}

function asksSchemaAlone(
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
): boolean {
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment.selectionSet]));
  const seen = new Set<string>();
  return check(operation.selectionSet);

  function check({ selections }: SelectionSetNode): boolean {
    return selections.every((selection) => {
      if (selection.kind === Kind.FIELD) {
        return ROOTS.has(selection.name.value) || selection.name.value === '__typename';
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) return check(selection.selectionSet);
      const name = selection.name.value;
      const fragment = byName.get(name);
      // Each once: a document may double its fragments at each level.
      if (!fragment || seen.has(name)) return true;
      seen.add(name);
      return check(fragment);
    });
  }
}
