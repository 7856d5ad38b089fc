// Made by "npm run generate". Change what it is made from instead.
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A point of time in UTC, such as 2026-01-31T12:00:00.000Z. */
  DateTime: { input: string; output: string; }
  /** The `Upload` scalar type represents a file upload. */
  Upload: { input: File; output: File; }
};

/** Holds for an item whose attribute of this name has one of the values. */
export type AttributeFilter = {
  /** As in Item.attributes. */
  name: Scalars['String']['input'];
  /** In any case; an empty list filters nothing. */
  values: Array<Scalars['String']['input']>;
};

/** A column of the shop's own, to filter and to set rules by. */
export type AttributeInput = {
  name: Scalars['String']['input'];
  value: Scalars['String']['input'];
};

export type Availability =
  | 'IN_STOCK'
  | 'OUT_OF_STOCK'
  | 'PREORDER'
  | 'BACKORDER';

/** From the top left corner, in pixels of the upright image. */
export type BoxInput = {
  x1: Scalars['Float']['input'];
  x2: Scalars['Float']['input'];
  y1: Scalars['Float']['input'];
  y2: Scalars['Float']['input'];
};

/** One of DeepFashion2's 13 categories, in its order. */
export type Category =
  | 'SHORT_SLEEVE_TOP'
  | 'LONG_SLEEVE_TOP'
  | 'SHORT_SLEEVE_OUTWEAR'
  | 'LONG_SLEEVE_OUTWEAR'
  | 'VEST'
  | 'SLING'
  | 'SHORTS'
  | 'TROUSERS'
  | 'SKIRT'
  | 'SHORT_SLEEVE_DRESS'
  | 'LONG_SLEEVE_DRESS'
  | 'VEST_DRESS'
  | 'SLING_DRESS';

/** A dominant colour, as the embedder tells them apart. */
export type Colour =
  | 'BLACK'
  | 'WHITE'
  | 'GREY'
  | 'BEIGE'
  | 'BROWN'
  | 'RED'
  | 'ORANGE'
  | 'YELLOW'
  | 'GREEN'
  | 'BLUE'
  | 'NAVY'
  | 'PURPLE'
  | 'PINK';

export type DuplicateKind =
  /** The very same image. */
  | 'EXACT'
  /** Images that look the same, such as one saved at several sizes or qualities. */
  | 'PERCEPTUAL';

export type Engine =
  /** The embedded database: for trying Armoire and for small shops. */
  | 'EMBEDDED'
  /** A PostgreSQL server. */
  | 'SERVER';

export type FeedMode =
  /** Items of the feed are made or changed; others stay. */
  | 'UPSERT'
  /** Afterwards the shop has the items of the feed alone: others are deleted, once the feed was read whole. Nothing is deleted while the id of a row cannot be read. */
  | 'REPLACE';

export type GarmentOrigin =
  /** The parser found it. */
  | 'PARSED'
  /** A shopper drew a region around it. */
  | 'DRAWN';

export type ImportState =
  | 'RUNNING'
  | 'DONE'
  /** The feed as a whole could not be read, or could not replace the shop. */
  | 'FAILED'
  | 'CANCELLED';

/** Every given field must hold; the values of one field are alternatives. */
export type ItemFilter = {
  /** In any case. */
  ageGroups?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Every one of them must hold; at most 10. */
  attributes?: InputMaybe<Array<AttributeFilter>>;
  /** Whether it can be bought. */
  availability?: InputMaybe<Array<Availability>>;
  /** In any case. */
  brands?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The feed's category where it names one, else the garment's own. */
  categories?: InputMaybe<Array<Category>>;
  /** In any case. */
  colors?: InputMaybe<Array<Scalars['String']['input']>>;
  /** In any case. */
  genders?: InputMaybe<Array<Scalars['String']['input']>>;
  maxPrice?: InputMaybe<Scalars['Float']['input']>;
  /** What the item costs now, in major units of the shop's currency, such as 19.90. */
  minPrice?: InputMaybe<Scalars['Float']['input']>;
  /** In any case. */
  sizes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Words that the title must have, all of them, in any case and order; the last may be the beginning of one. */
  words?: InputMaybe<Scalars['String']['input']>;
};

/** One item as a feed's row has it: what is not given is empty afterwards. */
export type ItemInput = {
  /** At most 9. */
  additionalImageLinks?: InputMaybe<Array<Scalars['String']['input']>>;
  ageGroup?: InputMaybe<Scalars['String']['input']>;
  /** At most 20. */
  attributes?: InputMaybe<Array<AttributeInput>>;
  /** IN_STOCK where it is not given. */
  availability?: InputMaybe<Availability>;
  brand?: InputMaybe<Scalars['String']['input']>;
  color?: InputMaybe<Scalars['String']['input']>;
  description?: InputMaybe<Scalars['String']['input']>;
  gender?: InputMaybe<Scalars['String']['input']>;
  googleProductCategory?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
  /** An http or https address on the public internet. */
  imageLink: Scalars['String']['input'];
  /** The same for all variants of one product. */
  itemGroupId?: InputMaybe<Scalars['String']['input']>;
  /** The item's page in the shop. */
  link?: InputMaybe<Scalars['String']['input']>;
  /** Such as "19.90 EUR". */
  price?: InputMaybe<Scalars['String']['input']>;
  productType?: InputMaybe<Scalars['String']['input']>;
  /** Such as "14.90 EUR". */
  salePrice?: InputMaybe<Scalars['String']['input']>;
  size?: InputMaybe<Scalars['String']['input']>;
  title: Scalars['String']['input'];
};

export type ItemState =
  /** Waiting to be parsed. */
  | 'PENDING'
  | 'READY'
  | 'FAILED';

/** What a key allows, from the least to the most. */
export type KeyRole =
  /** What a shopper may do, on the listed hosts alone. It may stand in a page's source. */
  | 'WIDGET'
  /** The catalogue and its rules beside that. */
  | 'MERCHANDISER'
  /** Keys and models beside that. */
  | 'ADMIN';

export type MaskFormat =
  /** SVG path data in pixels of the upright image. */
  | 'PATH'
  /** COCO's compressed run lengths at the image's height and width. */
  | 'RLE';

export type ModelState =
  /** The shop's garments are being embedded by it, in the background. */
  | 'EMBEDDING'
  /** Every garment that could be embedded has its vector, and the index is whole. */
  | 'READY'
  /** Its vectors are taking the place of those that the garments were parsed with. */
  | 'MOVING'
  /** Its vectors are gone, or have moved into the place of the original ones. */
  | 'DROPPED';

/** How the matches shall differ from what was asked about. */
export type Refinement = {
  /** The same look as another category. */
  category?: InputMaybe<Category>;
  /** Less like these; items among them are not listed. At most 10. An item that is still to be parsed has no say. */
  lessLike?: InputMaybe<Array<SimilarTo>>;
  /** More like these too. At most 10. An item that is still to be parsed has no say. */
  moreLike?: InputMaybe<Array<SimilarTo>>;
  /** What shall be different, in English, at most 200 characters: "this but in blue", "as a skirt", "with pockets". How it was understood is in the interpretation. */
  words?: InputMaybe<Scalars['String']['input']>;
};

/** From the least to the most that one may do. */
export type Role =
  | 'ANONYMOUS'
  | 'WIDGET'
  | 'MERCHANDISER'
  | 'ADMIN';

/** An attribute with a value, compared in any case. */
export type RuleAttributeInput = {
  /** One of the feed: `color`, `size`, `gender`, `age_group`, or one of the shop’s own. */
  name: Scalars['String']['input'];
  /** At most 200 characters. */
  value: Scalars['String']['input'];
};

/** What merchandising rules did to a match. */
export type RuleEffect =
  /** Shown at a fixed position. */
  | 'PINNED'
  /** Ranked as if it were more alike. */
  | 'BOOSTED'
  /** Ranked as if it were less alike. */
  | 'BURIED';

/** A whole rule: what is not given is not kept from before. */
export type RuleInput = {
  /** From then on it does nothing more. */
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /**
   * The former name of includeOutOfStock, which goes before it.
   * @deprecated Use includeOutOfStock.
   */
  evenOutOfStock?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of the rule to change; a new one without it. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** For a pin: whether it also shows items that are out of stock. Otherwise those keep their usual place. */
  includeOutOfStock?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it does. */
  kind: RuleKind;
  /** For merchandisers: at most 500 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Wanted for a pin, and for nothing else: 1 to 24. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** The rule applies only to searches with a garment of one of these categories; to all searches without it. */
  searchCategories?: InputMaybe<Array<Category>>;
  /** Until then it does nothing; at once without it. */
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Of a boost or bury; NORMAL without it. */
  strength?: InputMaybe<RuleStrength>;
  /** What it does that to. */
  target: RuleTargetInput;
};

/** What a merchandising rule does with the items that it applies to. */
export type RuleKind =
  /** Shows the item, or the most alike of the items, at a position of its own. */
  | 'PIN'
  /** Orders the items as if they were more alike. */
  | 'BOOST'
  /** Orders the items as if they were less alike. */
  | 'BURY'
  /** Never shows the items. */
  | 'EXCLUDE';

/** Whether a rule is in force. */
export type RuleState =
  /** It applies to searches. */
  | 'ACTIVE'
  /** It has yet to start. */
  | 'SCHEDULED'
  /** Its end has passed. */
  | 'ENDED'
  /** It can be restored for 90 days. */
  | 'REMOVED';

/** By how much a boost or bury moves an item in the order of similarity. Several rules on one item add up, to STRONG at the most. */
export type RuleStrength =
  /** By 0.06 of cosine similarity. */
  | 'WEAK'
  /** By 0.12 of cosine similarity. */
  | 'NORMAL'
  /** By 0.18 of cosine similarity. */
  | 'STRONG';

/** Exactly one of the four. */
export type RuleTargetInput =
  /** Every item with this attribute. */
  { attribute: RuleAttributeInput; brand?: never; category?: never; itemId?: never; }
  |  /** Every item of this brand, in any case. */
  { attribute?: never; brand: Scalars['String']['input']; category?: never; itemId?: never; }
  |  /** Every item of this category. */
  { attribute?: never; brand?: never; category: Category; itemId?: never; }
  |  /** An item of the shop. */
  { attribute?: never; brand?: never; category?: never; itemId: Scalars['ID']['input']; };

/** Exactly one of the two. */
export type SimilarTo =
  { garmentId: Scalars['ID']['input']; itemId?: never; }
  |  { garmentId?: never; itemId: Scalars['ID']['input']; };

export type GarmentFieldsFragment = { id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } };

export type PhotoFieldsFragment = { id: string, width: number, height: number, imageUrl: string, expiresAt: string, garments: Array<{ id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } }> };

export type ItemCardFieldsFragment = { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null };

export type ShopOverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type ShopOverviewQuery = { shop: { id: string, name: string, currency: string, isDemo: boolean, itemCount: number, pendingCount: number, categories: Array<{ category: Category, count: number }>, facets: { categories: Array<{ value: Category, count: number }>, colors: Array<{ value: string, count: number }>, brands: Array<{ value: string, count: number }>, sizes: Array<{ value: string, count: number }>, genders: Array<{ value: string, count: number }>, ageGroups: Array<{ value: string, count: number }>, availability: Array<{ value: Availability, count: number }> } } };

export type PhotoByIdQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type PhotoByIdQuery = { photo?: { id: string, width: number, height: number, imageUrl: string, expiresAt: string, garments: Array<{ id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } }> } | null };

export type SimilarItemsPageQueryVariables = Exact<{
  to: SimilarTo;
  filter?: InputMaybe<ItemFilter>;
  refine?: InputMaybe<Refinement>;
  minScore?: InputMaybe<Scalars['Float']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type SimilarItemsPageQuery = { similarItems: { cutoff?: number | null, interpretation?: { colours: Array<Colour>, categories: Array<Category>, titleWords: Array<string>, ignored: Array<string> } | null, edges: Array<{ node: { score: number, variantCount: number, reason?: { summary: string } | null, item: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type SimilarFacetsQueryVariables = Exact<{
  to: SimilarTo;
  filter?: InputMaybe<ItemFilter>;
  refine?: InputMaybe<Refinement>;
  minScore?: InputMaybe<Scalars['Float']['input']>;
}>;


export type SimilarFacetsQuery = { similarItems: { facets: { counted: number, approximate: boolean, attributes: Array<{ name: string, values: Array<{ value: string, count: number }> }>, categories: Array<{ value: Category, count: number }>, colors: Array<{ value: string, count: number }>, brands: Array<{ value: string, count: number }>, sizes: Array<{ value: string, count: number }>, genders: Array<{ value: string, count: number }>, ageGroups: Array<{ value: string, count: number }>, availability: Array<{ value: Availability, count: number }> } } };

export type ItemsPageQueryVariables = Exact<{
  filter?: InputMaybe<ItemFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ItemsPageQuery = { items: { totalCount: number, isTotalExact: boolean, edges: Array<{ node: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type ItemByIdQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ItemByIdQuery = { item?: { description?: string | null, link?: string | null, color?: string | null, size?: string | null, gender?: string | null, ageGroup?: string | null, id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, images: Array<{ url: string, width: number, height: number, garments: Array<{ id: string }> }>, primaryGarment?: { id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } } | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null };

export type ParsePhotoMutationVariables = Exact<{
  image: Scalars['Upload']['input'];
}>;


export type ParsePhotoMutation = { parsePhoto: { ownerToken?: string | null, id: string, width: number, height: number, imageUrl: string, expiresAt: string, garments: Array<{ id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } }> } };

export type DeletePhotoMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  token?: InputMaybe<Scalars['String']['input']>;
}>;


export type DeletePhotoMutation = { deletePhoto: boolean };

export type AddRegionMutationVariables = Exact<{
  photoId: Scalars['ID']['input'];
  box: BoxInput;
  token?: InputMaybe<Scalars['String']['input']>;
}>;


export type AddRegionMutation = { addRegion: { id: string } };

export type RemoveGarmentMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  token?: InputMaybe<Scalars['String']['input']>;
}>;


export type RemoveGarmentMutation = { removeGarment: boolean };

export type ViewerOfKeyQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerOfKeyQuery = { viewer: { role: Role }, shop: { name: string } };

export type ImportJobFieldsFragment = { id: string, name: string, state: ImportState, failure?: string | null, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null };

export type ImportsPageQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ImportsPageQuery = { imports: { edges: Array<{ node: { id: string, name: string, state: ImportState, failure?: string | null, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type ImportJobByIdQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ImportJobByIdQuery = { importJob?: { id: string, name: string, state: ImportState, failure?: string | null, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } | null };

export type ImportErrorsPageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['Int']['input']>;
  first: Scalars['Int']['input'];
}>;


export type ImportErrorsPageQuery = { importJob?: { errors: Array<{ row: number, itemId?: string | null, code: string, reason: string }> } | null };

export type ImportErrorsLinkQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ImportErrorsLinkQuery = { importJob?: { errorsUrl: string } | null };

export type ImportProgressSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ImportProgressSubscription = { importProgress: { id: string, name: string, state: ImportState, failure?: string | null, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } };

export type ImportCatalogueMutationVariables = Exact<{
  feed: Scalars['Upload']['input'];
  mode: FeedMode;
  force: Scalars['Boolean']['input'];
}>;


export type ImportCatalogueMutation = { importCatalogue: { id: string, name: string, state: ImportState, failure?: string | null, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } };

export type CancelImportMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type CancelImportMutation = { cancelImport: { id: string, name: string, state: ImportState, failure?: string | null, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } };

export type RetryImportMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RetryImportMutation = { retryImport: { id: string, name: string, state: ImportState, failure?: string | null, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } };

export type AccessKeyFieldsFragment = { id: string, role: KeyRole, label: string, hint: string, domains: Array<string>, createdAt: string, lastUsedAt?: string | null, revokedAt?: string | null };

export type KeysQueryVariables = Exact<{ [key: string]: never; }>;


export type KeysQuery = { keys: Array<{ id: string, role: KeyRole, label: string, hint: string, domains: Array<string>, createdAt: string, lastUsedAt?: string | null, revokedAt?: string | null }> };

export type CreateKeyMutationVariables = Exact<{
  role: KeyRole;
  label: Scalars['String']['input'];
  domains?: InputMaybe<Array<Scalars['String']['input']> | Scalars['String']['input']>;
}>;


export type CreateKeyMutation = { createKey: { key: string, details: { id: string, role: KeyRole, label: string, hint: string, domains: Array<string>, createdAt: string, lastUsedAt?: string | null, revokedAt?: string | null } } };

export type RevokeKeyMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RevokeKeyMutation = { revokeKey: { id: string, role: KeyRole, label: string, hint: string, domains: Array<string>, createdAt: string, lastUsedAt?: string | null, revokedAt?: string | null } };

export type RuleFieldsFragment = { id: string, kind: RuleKind, searchCategories?: Array<Category> | null, position?: number | null, strength?: RuleStrength | null, includeOutOfStock: boolean, startsAt?: string | null, endsAt?: string | null, note?: string | null, state: RuleState, problem?: string | null, target: { itemId?: string | null, category?: Category | null, brand?: string | null, attribute?: { name: string, value: string } | null, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null } };

export type RulesPageQueryVariables = Exact<{
  state?: InputMaybe<RuleState>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type RulesPageQuery = { rules: { edges: Array<{ node: { id: string, kind: RuleKind, searchCategories?: Array<Category> | null, position?: number | null, strength?: RuleStrength | null, includeOutOfStock: boolean, startsAt?: string | null, endsAt?: string | null, note?: string | null, state: RuleState, problem?: string | null, target: { itemId?: string | null, category?: Category | null, brand?: string | null, attribute?: { name: string, value: string } | null, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null } } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type SetRuleMutationVariables = Exact<{
  rule: RuleInput;
}>;


export type SetRuleMutation = { setRule: { id: string, kind: RuleKind, searchCategories?: Array<Category> | null, position?: number | null, strength?: RuleStrength | null, includeOutOfStock: boolean, startsAt?: string | null, endsAt?: string | null, note?: string | null, state: RuleState, problem?: string | null, target: { itemId?: string | null, category?: Category | null, brand?: string | null, attribute?: { name: string, value: string } | null, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null } } };

export type RemoveRuleMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RemoveRuleMutation = { removeRule: { id: string, kind: RuleKind, searchCategories?: Array<Category> | null, position?: number | null, strength?: RuleStrength | null, includeOutOfStock: boolean, startsAt?: string | null, endsAt?: string | null, note?: string | null, state: RuleState, problem?: string | null, target: { itemId?: string | null, category?: Category | null, brand?: string | null, attribute?: { name: string, value: string } | null, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null } } };

export type RestoreRuleMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RestoreRuleMutation = { restoreRule: { id: string, kind: RuleKind, searchCategories?: Array<Category> | null, position?: number | null, strength?: RuleStrength | null, includeOutOfStock: boolean, startsAt?: string | null, endsAt?: string | null, note?: string | null, state: RuleState, problem?: string | null, target: { itemId?: string | null, category?: Category | null, brand?: string | null, attribute?: { name: string, value: string } | null, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null } } };

export type PreviewRuleQueryVariables = Exact<{
  rule: RuleInput;
  to: SimilarTo;
  first: Scalars['Int']['input'];
}>;


export type PreviewRuleQuery = { previewRule: { before: Array<{ score: number, item: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } }>, after: Array<{ score: number, item: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } }>, changes: Array<{ from?: number | null, to?: number | null, item: { id: string } }> } };

export type ItemCardByIdQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ItemCardByIdQuery = { item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null };

export type ShopWordsQueryVariables = Exact<{ [key: string]: never; }>;


export type ShopWordsQuery = { shop: { brands: Array<string>, colors: Array<string> } };

export type ModelFieldsFragment = { id: string, name: string, state: ModelState, isInUse: boolean, isLoaded: boolean, garments: number, embedded: number, failed: number, createdAt?: string | null };

export type ModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelsQuery = { models: Array<{ id: string, name: string, state: ModelState, isInUse: boolean, isLoaded: boolean, garments: number, embedded: number, failed: number, createdAt?: string | null }> };

export type CompareModelsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  sample: Scalars['Int']['input'];
}>;


export type CompareModelsQuery = { compareModels: { sample: number, overlap?: number | null, rankChange?: number | null, examples: Array<{ overlap: number, item: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }, before: Array<{ id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }>, after: Array<{ id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> }> } };

export type PromoteModelMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type PromoteModelMutation = { promoteModel: { id: string, name: string, state: ModelState, isInUse: boolean, isLoaded: boolean, garments: number, embedded: number, failed: number, createdAt?: string | null } };

export type RollBackModelMutationVariables = Exact<{ [key: string]: never; }>;


export type RollBackModelMutation = { rollBackModel: { id: string, name: string, state: ModelState, isInUse: boolean, isLoaded: boolean, garments: number, embedded: number, failed: number, createdAt?: string | null } };

export type DropModelMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type DropModelMutation = { dropModel: { id: string, name: string, state: ModelState, isInUse: boolean, isLoaded: boolean, garments: number, embedded: number, failed: number, createdAt?: string | null } };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { retrievalHealth: { measuredAt: string, engine: Engine, model: string, recallAt20?: number | null, sample: number, index?: { vectors: number, bytes: number, builtAt: string, latestAt?: string | null, deadRows?: number | null, vacuumedAt?: string | null, isValid: boolean } | null, queue?: { waiting: number, running: number, oldestSeconds?: number | null } | null, items?: { ready: number, pending: number, failed: number } | null } };

export type ItemGarmentsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ItemGarmentsQuery = { item?: { primaryGarment?: { id: string } | null, images: Array<{ garments: Array<{ id: string, category?: Category | null, parsedCategory?: Category | null, corrected: boolean, chosen: boolean, whole: boolean, coverage: number, cropUrl: string }> }> } | null };

export type SetPrimaryGarmentMutationVariables = Exact<{
  itemId: Scalars['ID']['input'];
  garmentId?: InputMaybe<Scalars['ID']['input']>;
}>;


export type SetPrimaryGarmentMutation = { setPrimaryGarment: { id: string } };

export type CorrectGarmentMutationVariables = Exact<{
  garmentId: Scalars['ID']['input'];
  category?: InputMaybe<Category>;
}>;


export type CorrectGarmentMutation = { correctGarment: { id: string } };

export type DuplicatesPageQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type DuplicatesPageQuery = { duplicates: { edges: Array<{ node: { kind: DuplicateKind, itemCount: number, items: Array<{ id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type DeleteItemsMutationVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type DeleteItemsMutation = { deleteItems: Array<string> };

export type SimilarFacetsFieldsFragment = { categories: Array<{ value: Category, count: number }>, colors: Array<{ value: string, count: number }>, brands: Array<{ value: string, count: number }>, sizes: Array<{ value: string, count: number }>, genders: Array<{ value: string, count: number }>, ageGroups: Array<{ value: string, count: number }>, availability: Array<{ value: Availability, count: number }> };

export type ShopFacetsFieldsFragment = { categories: Array<{ value: Category, count: number }>, colors: Array<{ value: string, count: number }>, brands: Array<{ value: string, count: number }>, sizes: Array<{ value: string, count: number }>, genders: Array<{ value: string, count: number }>, ageGroups: Array<{ value: string, count: number }>, availability: Array<{ value: Availability, count: number }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const GarmentFieldsFragmentDoc = new TypedDocumentString(`
    fragment GarmentFields on Garment {
  id
  category
  score
  box {
    x1
    y1
    x2
    y2
  }
  mask
  coverage
  cropUrl
  whole
  origin
}
    `, {"fragmentName":"GarmentFields"}) as unknown as TypedDocumentString<GarmentFieldsFragment, unknown>;
export const PhotoFieldsFragmentDoc = new TypedDocumentString(`
    fragment PhotoFields on Photo {
  id
  width
  height
  imageUrl
  expiresAt
  garments {
    ...GarmentFields
  }
}
    fragment GarmentFields on Garment {
  id
  category
  score
  box {
    x1
    y1
    x2
    y2
  }
  mask
  coverage
  cropUrl
  whole
  origin
}`, {"fragmentName":"PhotoFields"}) as unknown as TypedDocumentString<PhotoFieldsFragment, unknown>;
export const ImportJobFieldsFragmentDoc = new TypedDocumentString(`
    fragment ImportJobFields on ImportJob {
  id
  name
  state
  failure
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}
    `, {"fragmentName":"ImportJobFields"}) as unknown as TypedDocumentString<ImportJobFieldsFragment, unknown>;
export const AccessKeyFieldsFragmentDoc = new TypedDocumentString(`
    fragment AccessKeyFields on AccessKey {
  id
  role
  label
  hint
  domains
  createdAt
  lastUsedAt
  revokedAt
}
    `, {"fragmentName":"AccessKeyFields"}) as unknown as TypedDocumentString<AccessKeyFieldsFragment, unknown>;
export const ItemCardFieldsFragmentDoc = new TypedDocumentString(`
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}
    `, {"fragmentName":"ItemCardFields"}) as unknown as TypedDocumentString<ItemCardFieldsFragment, unknown>;
export const RuleFieldsFragmentDoc = new TypedDocumentString(`
    fragment RuleFields on Rule {
  id
  kind
  target {
    itemId
    category
    brand
    attribute {
      name
      value
    }
    item {
      ...ItemCardFields
    }
  }
  searchCategories
  position
  strength
  includeOutOfStock
  startsAt
  endsAt
  note
  state
  problem
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}`, {"fragmentName":"RuleFields"}) as unknown as TypedDocumentString<RuleFieldsFragment, unknown>;
export const ModelFieldsFragmentDoc = new TypedDocumentString(`
    fragment ModelFields on EmbeddingModel {
  id
  name
  state
  isInUse
  isLoaded
  garments
  embedded
  failed
  createdAt
}
    `, {"fragmentName":"ModelFields"}) as unknown as TypedDocumentString<ModelFieldsFragment, unknown>;
export const SimilarFacetsFieldsFragmentDoc = new TypedDocumentString(`
    fragment SimilarFacetsFields on SimilarFacets {
  categories {
    value
    count
  }
  colors {
    value
    count
  }
  brands {
    value
    count
  }
  sizes {
    value
    count
  }
  genders {
    value
    count
  }
  ageGroups {
    value
    count
  }
  availability {
    value
    count
  }
}
    `, {"fragmentName":"SimilarFacetsFields"}) as unknown as TypedDocumentString<SimilarFacetsFieldsFragment, unknown>;
export const ShopFacetsFieldsFragmentDoc = new TypedDocumentString(`
    fragment ShopFacetsFields on ShopFacets {
  categories {
    value
    count
  }
  colors {
    value
    count
  }
  brands {
    value
    count
  }
  sizes {
    value
    count
  }
  genders {
    value
    count
  }
  ageGroups {
    value
    count
  }
  availability {
    value
    count
  }
}
    `, {"fragmentName":"ShopFacetsFields"}) as unknown as TypedDocumentString<ShopFacetsFieldsFragment, unknown>;
export const ShopOverviewDocument = new TypedDocumentString(`
    query ShopOverview {
  shop {
    id
    name
    currency
    isDemo
    itemCount
    pendingCount
    categories {
      category
      count
    }
    facets {
      ...ShopFacetsFields
    }
  }
}
    fragment ShopFacetsFields on ShopFacets {
  categories {
    value
    count
  }
  colors {
    value
    count
  }
  brands {
    value
    count
  }
  sizes {
    value
    count
  }
  genders {
    value
    count
  }
  ageGroups {
    value
    count
  }
  availability {
    value
    count
  }
}`) as unknown as TypedDocumentString<ShopOverviewQuery, ShopOverviewQueryVariables>;
export const PhotoByIdDocument = new TypedDocumentString(`
    query PhotoById($id: ID!) {
  photo(id: $id) {
    ...PhotoFields
  }
}
    fragment GarmentFields on Garment {
  id
  category
  score
  box {
    x1
    y1
    x2
    y2
  }
  mask
  coverage
  cropUrl
  whole
  origin
}
fragment PhotoFields on Photo {
  id
  width
  height
  imageUrl
  expiresAt
  garments {
    ...GarmentFields
  }
}`) as unknown as TypedDocumentString<PhotoByIdQuery, PhotoByIdQueryVariables>;
export const SimilarItemsPageDocument = new TypedDocumentString(`
    query SimilarItemsPage($to: SimilarTo!, $filter: ItemFilter, $refine: Refinement, $minScore: Float, $first: Int!, $after: String) {
  similarItems(
    to: $to
    filter: $filter
    refine: $refine
    minScore: $minScore
    first: $first
    after: $after
  ) {
    cutoff
    interpretation {
      colours
      categories
      titleWords
      ignored
    }
    edges {
      node {
        score
        variantCount
        reason {
          summary
        }
        item {
          ...ItemCardFields
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}`) as unknown as TypedDocumentString<SimilarItemsPageQuery, SimilarItemsPageQueryVariables>;
export const SimilarFacetsDocument = new TypedDocumentString(`
    query SimilarFacets($to: SimilarTo!, $filter: ItemFilter, $refine: Refinement, $minScore: Float) {
  similarItems(
    to: $to
    filter: $filter
    refine: $refine
    minScore: $minScore
    first: 1
  ) {
    facets {
      ...SimilarFacetsFields
      attributes {
        name
        values {
          value
          count
        }
      }
      counted
      approximate
    }
  }
}
    fragment SimilarFacetsFields on SimilarFacets {
  categories {
    value
    count
  }
  colors {
    value
    count
  }
  brands {
    value
    count
  }
  sizes {
    value
    count
  }
  genders {
    value
    count
  }
  ageGroups {
    value
    count
  }
  availability {
    value
    count
  }
}`) as unknown as TypedDocumentString<SimilarFacetsQuery, SimilarFacetsQueryVariables>;
export const ItemsPageDocument = new TypedDocumentString(`
    query ItemsPage($filter: ItemFilter, $first: Int!, $after: String) {
  items(filter: $filter, first: $first, after: $after) {
    totalCount
    isTotalExact
    edges {
      node {
        ...ItemCardFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}`) as unknown as TypedDocumentString<ItemsPageQuery, ItemsPageQueryVariables>;
export const ItemByIdDocument = new TypedDocumentString(`
    query ItemById($id: ID!) {
  item(id: $id) {
    ...ItemCardFields
    description
    link
    color
    size
    gender
    ageGroup
    images {
      url
      width
      height
      garments {
        id
      }
    }
    primaryGarment {
      ...GarmentFields
    }
  }
}
    fragment GarmentFields on Garment {
  id
  category
  score
  box {
    x1
    y1
    x2
    y2
  }
  mask
  coverage
  cropUrl
  whole
  origin
}
fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}`) as unknown as TypedDocumentString<ItemByIdQuery, ItemByIdQueryVariables>;
export const ParsePhotoDocument = new TypedDocumentString(`
    mutation ParsePhoto($image: Upload!) {
  parsePhoto(image: $image) {
    ...PhotoFields
    ownerToken
  }
}
    fragment GarmentFields on Garment {
  id
  category
  score
  box {
    x1
    y1
    x2
    y2
  }
  mask
  coverage
  cropUrl
  whole
  origin
}
fragment PhotoFields on Photo {
  id
  width
  height
  imageUrl
  expiresAt
  garments {
    ...GarmentFields
  }
}`) as unknown as TypedDocumentString<ParsePhotoMutation, ParsePhotoMutationVariables>;
export const DeletePhotoDocument = new TypedDocumentString(`
    mutation DeletePhoto($id: ID!, $token: String) {
  deletePhoto(id: $id, token: $token)
}
    `) as unknown as TypedDocumentString<DeletePhotoMutation, DeletePhotoMutationVariables>;
export const AddRegionDocument = new TypedDocumentString(`
    mutation AddRegion($photoId: ID!, $box: BoxInput!, $token: String) {
  addRegion(photoId: $photoId, box: $box, token: $token) {
    id
  }
}
    `) as unknown as TypedDocumentString<AddRegionMutation, AddRegionMutationVariables>;
export const RemoveGarmentDocument = new TypedDocumentString(`
    mutation RemoveGarment($id: ID!, $token: String) {
  removeGarment(id: $id, token: $token)
}
    `) as unknown as TypedDocumentString<RemoveGarmentMutation, RemoveGarmentMutationVariables>;
export const ViewerOfKeyDocument = new TypedDocumentString(`
    query ViewerOfKey {
  viewer {
    role
  }
  shop {
    name
  }
}
    `) as unknown as TypedDocumentString<ViewerOfKeyQuery, ViewerOfKeyQueryVariables>;
export const ImportsPageDocument = new TypedDocumentString(`
    query ImportsPage($first: Int!, $after: String) {
  imports(first: $first, after: $after) {
    edges {
      node {
        ...ImportJobFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  state
  failure
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<ImportsPageQuery, ImportsPageQueryVariables>;
export const ImportJobByIdDocument = new TypedDocumentString(`
    query ImportJobById($id: ID!) {
  importJob(id: $id) {
    ...ImportJobFields
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  state
  failure
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<ImportJobByIdQuery, ImportJobByIdQueryVariables>;
export const ImportErrorsPageDocument = new TypedDocumentString(`
    query ImportErrorsPage($id: ID!, $after: Int, $first: Int!) {
  importJob(id: $id) {
    errors(after: $after, first: $first) {
      row
      itemId
      code
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<ImportErrorsPageQuery, ImportErrorsPageQueryVariables>;
export const ImportErrorsLinkDocument = new TypedDocumentString(`
    query ImportErrorsLink($id: ID!) {
  importJob(id: $id) {
    errorsUrl
  }
}
    `) as unknown as TypedDocumentString<ImportErrorsLinkQuery, ImportErrorsLinkQueryVariables>;
export const ImportProgressDocument = new TypedDocumentString(`
    subscription ImportProgress($id: ID!) {
  importProgress(id: $id) {
    ...ImportJobFields
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  state
  failure
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<ImportProgressSubscription, ImportProgressSubscriptionVariables>;
export const ImportCatalogueDocument = new TypedDocumentString(`
    mutation ImportCatalogue($feed: Upload!, $mode: FeedMode!, $force: Boolean!) {
  importCatalogue(feed: $feed, mode: $mode, force: $force) {
    ...ImportJobFields
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  state
  failure
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<ImportCatalogueMutation, ImportCatalogueMutationVariables>;
export const CancelImportDocument = new TypedDocumentString(`
    mutation CancelImport($id: ID!) {
  cancelImport(id: $id) {
    ...ImportJobFields
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  state
  failure
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<CancelImportMutation, CancelImportMutationVariables>;
export const RetryImportDocument = new TypedDocumentString(`
    mutation RetryImport($id: ID!) {
  retryImport(id: $id) {
    ...ImportJobFields
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  state
  failure
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<RetryImportMutation, RetryImportMutationVariables>;
export const KeysDocument = new TypedDocumentString(`
    query Keys {
  keys {
    ...AccessKeyFields
  }
}
    fragment AccessKeyFields on AccessKey {
  id
  role
  label
  hint
  domains
  createdAt
  lastUsedAt
  revokedAt
}`) as unknown as TypedDocumentString<KeysQuery, KeysQueryVariables>;
export const CreateKeyDocument = new TypedDocumentString(`
    mutation CreateKey($role: KeyRole!, $label: String!, $domains: [String!]) {
  createKey(role: $role, label: $label, domains: $domains) {
    key
    details {
      ...AccessKeyFields
    }
  }
}
    fragment AccessKeyFields on AccessKey {
  id
  role
  label
  hint
  domains
  createdAt
  lastUsedAt
  revokedAt
}`) as unknown as TypedDocumentString<CreateKeyMutation, CreateKeyMutationVariables>;
export const RevokeKeyDocument = new TypedDocumentString(`
    mutation RevokeKey($id: ID!) {
  revokeKey(id: $id) {
    ...AccessKeyFields
  }
}
    fragment AccessKeyFields on AccessKey {
  id
  role
  label
  hint
  domains
  createdAt
  lastUsedAt
  revokedAt
}`) as unknown as TypedDocumentString<RevokeKeyMutation, RevokeKeyMutationVariables>;
export const RulesPageDocument = new TypedDocumentString(`
    query RulesPage($state: RuleState, $first: Int!, $after: String) {
  rules(state: $state, first: $first, after: $after) {
    edges {
      node {
        ...RuleFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}
fragment RuleFields on Rule {
  id
  kind
  target {
    itemId
    category
    brand
    attribute {
      name
      value
    }
    item {
      ...ItemCardFields
    }
  }
  searchCategories
  position
  strength
  includeOutOfStock
  startsAt
  endsAt
  note
  state
  problem
}`) as unknown as TypedDocumentString<RulesPageQuery, RulesPageQueryVariables>;
export const SetRuleDocument = new TypedDocumentString(`
    mutation SetRule($rule: RuleInput!) {
  setRule(rule: $rule) {
    ...RuleFields
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}
fragment RuleFields on Rule {
  id
  kind
  target {
    itemId
    category
    brand
    attribute {
      name
      value
    }
    item {
      ...ItemCardFields
    }
  }
  searchCategories
  position
  strength
  includeOutOfStock
  startsAt
  endsAt
  note
  state
  problem
}`) as unknown as TypedDocumentString<SetRuleMutation, SetRuleMutationVariables>;
export const RemoveRuleDocument = new TypedDocumentString(`
    mutation RemoveRule($id: ID!) {
  removeRule(id: $id) {
    ...RuleFields
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}
fragment RuleFields on Rule {
  id
  kind
  target {
    itemId
    category
    brand
    attribute {
      name
      value
    }
    item {
      ...ItemCardFields
    }
  }
  searchCategories
  position
  strength
  includeOutOfStock
  startsAt
  endsAt
  note
  state
  problem
}`) as unknown as TypedDocumentString<RemoveRuleMutation, RemoveRuleMutationVariables>;
export const RestoreRuleDocument = new TypedDocumentString(`
    mutation RestoreRule($id: ID!) {
  restoreRule(id: $id) {
    ...RuleFields
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}
fragment RuleFields on Rule {
  id
  kind
  target {
    itemId
    category
    brand
    attribute {
      name
      value
    }
    item {
      ...ItemCardFields
    }
  }
  searchCategories
  position
  strength
  includeOutOfStock
  startsAt
  endsAt
  note
  state
  problem
}`) as unknown as TypedDocumentString<RestoreRuleMutation, RestoreRuleMutationVariables>;
export const PreviewRuleDocument = new TypedDocumentString(`
    query PreviewRule($rule: RuleInput!, $to: SimilarTo!, $first: Int!) {
  previewRule(rule: $rule, to: $to, first: $first) {
    before {
      score
      item {
        ...ItemCardFields
      }
    }
    after {
      score
      item {
        ...ItemCardFields
      }
    }
    changes {
      item {
        id
      }
      from
      to
    }
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}`) as unknown as TypedDocumentString<PreviewRuleQuery, PreviewRuleQueryVariables>;
export const ItemCardByIdDocument = new TypedDocumentString(`
    query ItemCardById($id: ID!) {
  item(id: $id) {
    ...ItemCardFields
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}`) as unknown as TypedDocumentString<ItemCardByIdQuery, ItemCardByIdQueryVariables>;
export const ShopWordsDocument = new TypedDocumentString(`
    query ShopWords {
  shop {
    brands
    colors
  }
}
    `) as unknown as TypedDocumentString<ShopWordsQuery, ShopWordsQueryVariables>;
export const ModelsDocument = new TypedDocumentString(`
    query Models {
  models {
    ...ModelFields
  }
}
    fragment ModelFields on EmbeddingModel {
  id
  name
  state
  isInUse
  isLoaded
  garments
  embedded
  failed
  createdAt
}`) as unknown as TypedDocumentString<ModelsQuery, ModelsQueryVariables>;
export const CompareModelsDocument = new TypedDocumentString(`
    query CompareModels($id: ID!, $sample: Int!) {
  compareModels(id: $id, sample: $sample) {
    sample
    overlap
    rankChange
    examples {
      overlap
      item {
        ...ItemCardFields
      }
      before {
        ...ItemCardFields
      }
      after {
        ...ItemCardFields
      }
    }
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}`) as unknown as TypedDocumentString<CompareModelsQuery, CompareModelsQueryVariables>;
export const PromoteModelDocument = new TypedDocumentString(`
    mutation PromoteModel($id: ID!) {
  promoteModel(id: $id) {
    ...ModelFields
  }
}
    fragment ModelFields on EmbeddingModel {
  id
  name
  state
  isInUse
  isLoaded
  garments
  embedded
  failed
  createdAt
}`) as unknown as TypedDocumentString<PromoteModelMutation, PromoteModelMutationVariables>;
export const RollBackModelDocument = new TypedDocumentString(`
    mutation RollBackModel {
  rollBackModel {
    ...ModelFields
  }
}
    fragment ModelFields on EmbeddingModel {
  id
  name
  state
  isInUse
  isLoaded
  garments
  embedded
  failed
  createdAt
}`) as unknown as TypedDocumentString<RollBackModelMutation, RollBackModelMutationVariables>;
export const DropModelDocument = new TypedDocumentString(`
    mutation DropModel($id: ID!) {
  dropModel(id: $id) {
    ...ModelFields
  }
}
    fragment ModelFields on EmbeddingModel {
  id
  name
  state
  isInUse
  isLoaded
  garments
  embedded
  failed
  createdAt
}`) as unknown as TypedDocumentString<DropModelMutation, DropModelMutationVariables>;
export const HealthDocument = new TypedDocumentString(`
    query Health {
  retrievalHealth {
    measuredAt
    engine
    model
    recallAt20
    sample
    index {
      vectors
      bytes
      builtAt
      latestAt
      deadRows
      vacuumedAt
      isValid
    }
    queue {
      waiting
      running
      oldestSeconds
    }
    items {
      ready
      pending
      failed
    }
  }
}
    `) as unknown as TypedDocumentString<HealthQuery, HealthQueryVariables>;
export const ItemGarmentsDocument = new TypedDocumentString(`
    query ItemGarments($id: ID!) {
  item(id: $id) {
    primaryGarment {
      id
    }
    images {
      garments {
        id
        category
        parsedCategory
        corrected
        chosen
        whole
        coverage
        cropUrl
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ItemGarmentsQuery, ItemGarmentsQueryVariables>;
export const SetPrimaryGarmentDocument = new TypedDocumentString(`
    mutation SetPrimaryGarment($itemId: ID!, $garmentId: ID) {
  setPrimaryGarment(itemId: $itemId, garmentId: $garmentId) {
    id
  }
}
    `) as unknown as TypedDocumentString<SetPrimaryGarmentMutation, SetPrimaryGarmentMutationVariables>;
export const CorrectGarmentDocument = new TypedDocumentString(`
    mutation CorrectGarment($garmentId: ID!, $category: Category) {
  correctGarment(garmentId: $garmentId, category: $category) {
    id
  }
}
    `) as unknown as TypedDocumentString<CorrectGarmentMutation, CorrectGarmentMutationVariables>;
export const DuplicatesPageDocument = new TypedDocumentString(`
    query DuplicatesPage($first: Int!, $after: String) {
  duplicates(first: $first, after: $after) {
    edges {
      node {
        kind
        itemCount
        items {
          ...ItemCardFields
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
}`) as unknown as TypedDocumentString<DuplicatesPageQuery, DuplicatesPageQueryVariables>;
export const DeleteItemsDocument = new TypedDocumentString(`
    mutation DeleteItems($ids: [ID!]!) {
  deleteItems(ids: $ids)
}
    `) as unknown as TypedDocumentString<DeleteItemsMutation, DeleteItemsMutationVariables>;