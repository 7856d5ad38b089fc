import type { ItemFilter } from '../../catalogue/items/filter.ts';
import type { VectorSource } from '../../garments/vector-source.ts';

/** Takes a value and returns its placeholder. */
export type Bind = (value: unknown) => string;
/** Conditions over `items i` and `garments g`, the items' primary garments. */
export type Where = (bind: Bind) => string[];

export interface NearestQuery {
  readonly shopId: string;
  readonly shopCurrency: string;
  /** A unit vector as pgvector's text, from the same model as the rows it is compared with. */
  readonly embedding: string;
  readonly embeddingModel: string;
  /** Whose vectors are compared: the garments' own unless another model is in use. */
  readonly vectors?: VectorSource | null | undefined;
  readonly filter: ItemFilter;
  /** Further conditions that an item must meet. */
  readonly where?: Where | undefined;
  /** Which matches to return. Unlike `where`, it does not decide which variant represents its group. */
  readonly part?: Where | undefined;
  /** Leaves out goods outside the 13 categories that the shop has a slot for. */
  readonly garmentsOnly?: boolean | undefined;
  /** The item that was asked about. */
  readonly exceptItemId?: string | undefined;
  /** Its item group. */
  readonly exceptGroupId?: string | undefined;
  /** List only the nearest item of each group. */
  readonly collapseVariants?: boolean | undefined;
  /** The cutoff: the least cosine similarity. */
  readonly minSimilarity?: number | undefined;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: { readonly distance: number; readonly itemId: string } | undefined;
  /** Compare candidates one by one up to this many. */
  readonly exactRows?: number | undefined;
}

export interface NearestItem {
  readonly itemId: string;
  /** Cosine distance, 0 to 2. */
  readonly distance: number;
}
