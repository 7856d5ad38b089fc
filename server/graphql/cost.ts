/**
 * What a field may cost, declared as `complexity` on the field itself. A number is the cost of the field beyond that of
 * any other: a run of the model, a search over the shop. A list needs one of the estimators below, which says how many
 * elements to count. `npm run check` fails for a list without one.
 */
import {
  type GraphQLField,
  type GraphQLSchema,
  getNullableType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
} from 'graphql';

export interface Selected {
  /** `first` or `count` as given, or its default; of a list within the object that it bounds, the same. */
  readonly args: { readonly first?: number | undefined };
  readonly childComplexity: number;
}

export type CostEstimator = (selected: Selected) => number;

/** A search by vector, beyond its page. */
export const SEARCH_COST = 50;
/** A text of some thousand characters: an answer has no room for as many of them as of others. */
export const LONG_TEXT_COST = 9;
/** A field that goes through all items of a shop. */
export const WHOLE_SHOP_COST = 200;
/** A run of the model, or work for the import queue. */
export const WORK_COST = 5000;

/** A list without `first`: the garments of a photo, the images of an item. */
const USUAL_LENGTH = 4;

export function listCost({ own = 0, length = USUAL_LENGTH } = {}): CostEstimator {
  return ({ childComplexity }) => 1 + own + length * childComplexity;
}

/** A list with `first`, or the edges of a connection. A `first` above `longest` is refused by the resolver. */
export function pageCost(longest: number, own = 0): CostEstimator {
  return ({ args, childComplexity }) =>
    1 + own + Math.min(longest, Math.max(1, args.first ?? longest)) * childComplexity;
}

export function costOf(field: GraphQLField<unknown, unknown>, selected: Selected): number {
  const declared = field.extensions.complexity as CostEstimator | number | undefined;
  return typeof declared === 'function' ? declared(selected) : 1 + (declared ?? 0) + selected.childComplexity;
}

/** Lists whose length nothing bounds, as "Type.field". */
export function listsWithoutCost(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type))
    .flatMap((type) =>
      Object.values(isObjectType(type) || isInterfaceType(type) ? type.getFields() : {})
        .filter(({ type: returned }) => isListType(getNullableType(returned)))
        .filter(({ extensions }) => typeof extensions.complexity !== 'function')
        .map(({ name }) => `${type.name}.${name}`),
    );
}
