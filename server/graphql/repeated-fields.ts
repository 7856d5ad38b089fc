import type { RequestHandler } from 'express';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { InvalidInputError } from '../errors/errors.ts';
import { fragmentsOf } from './introspection.ts';

/** Of pairs; a page's own queries have a few. 20,000 take validation some milliseconds, and 2,000 tokens make 500,000. */
const MOST_PAIRS = 20_000;
/** Shorter documents cannot make validation slow. */
const SHORT = 1000;

/**
 * Refuses a document that selects the same fields over and over: validation compares each with each other, at no cost that a limit
 * would count, and nothing interrupts it. What is no document is left to GraphQL.
 */
export function refuseRepeatedFields(maxTokens: number): RequestHandler {
  return (request, _, next) => {
    const query = request.method === 'GET' ? request.query.query : request.body?.query;
    if (typeof query === 'string' && query.length >= SHORT) {
      const document = readDocument(query, maxTokens);
      if (document && countPairs(document) > MOST_PAIRS) {
        throw new InvalidInputError('This query selects the same fields too many times. Select each once.', {
          code: 'QUERY_TOO_COSTLY',
        });
      }
    }
    next();
  };
}

function readDocument(query: string, maxTokens: number): DocumentNode | null {
  try {
    return parse(query, { maxTokens, noLocation: true });
  } catch {
    return null;
  }
}

/** At least the number of comparisons that it takes to see whether all fields of one name can be merged. */
export function countPairs(document: DocumentNode): number {
  const fragments = new Map(fragmentsOf(document).map((fragment) => [fragment.name.value, fragment]));
  const sizes = new Map<SelectionSetNode, number>();
  let pairs = 0;
  visit(document, {
    SelectionSet(node) {
      if (pairs > MOST_PAIRS) return;
      const sums = new Map<string, { fields: number; size: number }>();
      const fields = fieldsWithin(node, fragments);
      // Fragments may be spread in every selection.
      pairs += fields.length / 10;
      for (const field of fields) {
        const name = (field.alias ?? field.name).value;
        const sum = sums.get(name) ?? { fields: 0, size: 0 };
        sums.set(name, {
          fields: sum.fields + 1,
          size: sum.size + sizeOf(field.selectionSet, fragments, sizes),
        });
      }
      for (const { fields, size } of sums.values()) if (fields > 1) pairs += (size * size) / 2;
    },
  });
  return pairs;
}

/** Those of fragments are among them, of each fragment once. */
function fieldsWithin(
  node: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FieldNode[] {
  const fields: FieldNode[] = [];
  const spread = new Set<string>();
  const pending = [node];
  for (const { selections } of pending) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) pending.push(selection.selectionSet);
      else {
        const name = selection.name.value;
        const fragment = fragments.get(name);
        if (fragment && !spread.has(name)) pending.push(fragment.selectionSet);
        spread.add(name);
      }
    }
  }
  return fields;
}

/** A field and all that is selected in it. */
function sizeOf(
  node: SelectionSetNode | undefined,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  sizes: Map<SelectionSetNode, number>,
): number {
  if (!node) return 1;
  const known = sizes.get(node);
  if (known !== undefined) return known;
  // Until it is known: a fragment may be spread in itself, which validation refuses.
  sizes.set(node, 1);
  const size = fieldsWithin(node, fragments).reduce(
    (sum, { selectionSet }) => sum + sizeOf(selectionSet, fragments, sizes),
    1,
  );
  sizes.set(node, size);
  return size;
}
