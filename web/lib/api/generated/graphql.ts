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
  /** A date and time in UTC (ISO 8601), such as 2026-01-31T12:00:00.000Z. */
  DateTime: { input: string; output: string; }
  /** A day without a time (ISO 8601), such as 2026-01-31. */
  LocalDate: { input: string; output: string; }
  /** A file, sent as described in the GraphQL multipart request specification. */
  Upload: { input: File; output: File; }
};

/** Selects items whose attribute of this name has one of these values. */
export type AttributeFilter = {
  /** As in `ItemAttribute.name`. */
  name: Scalars['String']['input'];
  /** Any of these, whatever their case and accents. An empty list selects everything. */
  values: Array<Scalars['String']['input']>;
};

/** A further attribute of the item, to filter by and to set rules on. */
export type AttributeInput = {
  /** Such as "season". Stored in lower case with _ for spaces. */
  name: Scalars['String']['input'];
  /** Such as "winter". */
  value: Scalars['String']['input'];
};

/** Whether an item can be bought. */
export type Availability =
  | 'IN_STOCK'
  | 'OUT_OF_STOCK'
  /** Can be ordered before it is released. */
  | 'PREORDER'
  /** Can be ordered, and is delivered once it is in stock again. */
  | 'BACKORDER';

/** A rectangle in pixels of the upright image. The origin is the top left corner. */
export type BoxInput = {
  /** Left edge. */
  x1: Scalars['Float']['input'];
  /** Right edge. */
  x2: Scalars['Float']['input'];
  /** Top edge. */
  y1: Scalars['Float']['input'];
  /** Bottom edge. */
  y2: Scalars['Float']['input'];
};

/** Category of a garment: one of DeepFashion2's 13, in its order. */
export type Category =
  | 'SHORT_SLEEVE_TOP'
  | 'LONG_SLEEVE_TOP'
  | 'SHORT_SLEEVE_OUTWEAR'
  | 'LONG_SLEEVE_OUTWEAR'
  /** A sleeveless top. */
  | 'VEST'
  /** A top with thin straps. */
  | 'SLING'
  | 'SHORTS'
  | 'TROUSERS'
  | 'SKIRT'
  | 'SHORT_SLEEVE_DRESS'
  | 'LONG_SLEEVE_DRESS'
  /** A sleeveless dress. */
  | 'VEST_DRESS'
  /** A dress with thin straps. */
  | 'SLING_DRESS';

/** Why searches match a garment of an item, or why they do not. */
export type ChoiceReason =
  /** Matched: a merchandiser chose it. */
  | 'BY_HAND'
  /** Matched: feed or title name its category. */
  | 'NAMED'
  /** Matched: the largest in the first picture that shows a garment. */
  | 'LARGEST'
  /** Matched: the whole picture, in the place of a garment. */
  | 'WHOLE_PICTURE'
  /** Matched: the parser is sure of it, whatever goods the feed names. */
  | 'PARSER_SURE'
  /** Not matched: a merchandiser chose another. */
  | 'OTHER_BY_HAND'
  /** Not matched: feed or title name another category. */
  | 'OTHER_NAMED'
  /** Not matched: an earlier picture shows the one that is. */
  | 'LATER_PICTURE'
  /** Not matched: smaller than the one that is, in the same picture. */
  | 'SMALLER'
  /** Not matched: searches match the whole picture. */
  | 'WHOLE_INSTEAD'
  /** Not matched: the feed names goods that are no garment. */
  | 'NOT_CLOTHING'
  /** Not matched: another was chosen when the item was parsed. */
  | 'EARLIER_CHOICE';

/** How close a match is. */
export type Closeness =
  /** Most people would take one for the other, or nearly. */
  | 'VERY_CLOSE'
  /** Cut and colour agree more likely than not. */
  | 'CLOSE'
  /** The colour is the same. */
  | 'SAME_COLOUR'
  /** The category is the same. */
  | 'SAME_CUT'
  /** The pattern is alike. */
  | 'SAME_PATTERN'
  /** The nearest there is, but not close. */
  | 'DISTANT';

/** Dominant colour of a garment. */
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

/** How the colour of a match compares with what was searched for, as the eye sees it. */
export type ColourRelation =
  /** The same colour. */
  | 'SAME'
  /** Another shade of it, such as cobalt beside sky blue. */
  | 'ANOTHER_SHADE'
  /** Close, though named otherwise. */
  | 'CLOSE'
  /** Another colour. */
  | 'OTHER';

/** What becomes of a column. */
export type ColumnUse =
  /** It is read as a field of the item. */
  | 'FIELD'
  /** It is kept as an attribute, if the item has room for it. */
  | 'ATTRIBUTE'
  /** It is not kept. */
  | 'IGNORED';

/** How alike the first images of duplicate items are. */
export type DuplicateKind =
  /** The same image. */
  | 'EXACT'
  /** Images that look the same, such as one image saved at several sizes or qualities. */
  | 'PERCEPTUAL';

/** Which database the server uses. */
export type Engine =
  /** The embedded database, for trying Armoire and for small shops. */
  | 'EMBEDDED'
  /** A PostgreSQL server. */
  | 'SERVER';

/** What is wrong, for programs: `extensions.code` of an error. */
export type ErrorCode =
  /** The multipart request does not follow its specification. */
  | 'BAD_MULTIPART'
  /** The HTTP request cannot be read, such as a body that is not JSON. */
  | 'BAD_REQUEST'
  /** Variables or directives do not fit the document or the schema. */
  | 'BAD_USER_INPUT'
  /** The body of the request is too long. */
  | 'BODY_TOO_LARGE'
  /** The server has as much work as it can queue. Try again after `retryAfter` seconds. */
  | 'BUSY'
  /** The feed has no bytes. */
  | 'EMPTY_FEED'
  /** The files of this import are gone: import the feed again. */
  | 'FEED_GONE'
  /** The feed is too large, or becomes so when it is unpacked. */
  | 'FEED_TOO_LARGE'
  /** The file is no feed that can be read. */
  | 'FEED_UNREADABLE'
  /** The address could not be fetched. */
  | 'FETCH_FAILED'
  /** The address is not on the public internet, or has a user name or password. */
  | 'FETCH_REFUSED'
  /** The multipart request names a file and does not send it. */
  | 'FILE_MISSING'
  /** The uploaded file is too large. */
  | 'FILE_TOO_LARGE'
  /** The key may not do this, or not from this page. */
  | 'FORBIDDEN'
  /** The document is not GraphQL. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The document does not fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** The picture is in a format that is not read. */
  | 'IMAGE_FORMAT_UNSUPPORTED'
  /** The picture has too many bytes or pixels. */
  | 'IMAGE_TOO_LARGE'
  /** The picture ends too early. */
  | 'IMAGE_TRUNCATED'
  /** The import still runs. */
  | 'IMPORT_RUNNING'
  /** A fault of the server, logged under `reference`. */
  | 'INTERNAL_SERVER_ERROR'
  /** The cursor belongs to another list, or is not one. Start again without it. */
  | 'INVALID_CURSOR'
  /** An argument has a value that is not allowed; `field` names it. */
  | 'INVALID_INPUT'
  /** The id is not that of an outfit. */
  | 'INVALID_OUTFIT'
  /** The shop's only admin key cannot be revoked. */
  | 'LAST_ADMIN_KEY'
  /** Pages can only be read. */
  | 'METHOD_NOT_ALLOWED'
  /** The embedding model is not ready, or is in use. */
  | 'MODEL_NOT_USABLE'
  /** The file is no picture, or a damaged one. */
  | 'NOT_AN_IMAGE'
  /** What the request names does not exist in this shop. */
  | 'NOT_FOUND'
  /** The item has not been parsed yet. */
  | 'NOT_PARSED'
  /** The document has no operation of this name, or several and no name. */
  | 'OPERATION_RESOLUTION_FAILURE'
  /** The server does not know the query of this hash: send it whole. */
  | 'PERSISTED_QUERY_NOT_FOUND'
  /** The server takes no hash in place of a query: send it whole. */
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  /** The preview of the feed has expired: upload it again. */
  | 'PREVIEW_EXPIRED'
  /** The query could return too much: ask for smaller pages. */
  | 'QUERY_TOO_COSTLY'
  /** The query nests too deep. */
  | 'QUERY_TOO_DEEP'
  /** The client asks too often. Try again after `retryAfter` seconds. */
  | 'RATE_LIMITED'
  /** The request took too long to arrive. */
  | 'REQUEST_TIMEOUT'
  /** Too many events in one request. */
  | 'TOO_MANY_EVENTS'
  /** The photo has as many drawn garments as it may have. */
  | 'TOO_MANY_REGIONS'
  /** The shop has as many rules as it may have. */
  | 'TOO_MANY_RULES'
  /** The shop has as many slots as it may have. */
  | 'TOO_MANY_SLOTS'
  /** The shop has as many webhook endpoints as it may have. */
  | 'TOO_MANY_WEBHOOKS'
  /** The key is unknown or was revoked. */
  | 'UNAUTHENTICATED'
  /** The database, the store or the disk cannot be reached. Try again after `retryAfter` seconds. */
  | 'UNAVAILABLE'
  /** A rule names an item that the shop does not have. */
  | 'UNKNOWN_ITEM'
  /** There are no WebSockets: subscriptions come by Server-Sent Events. */
  | 'UPGRADE_REFUSED'
  /** The upload ended too early. */
  | 'UPLOAD_CUT_OFF'
  /** The upload took too long. */
  | 'UPLOAD_TOO_SLOW'
  /** A subscription must be sent with "Accept: text/event-stream". */
  | 'WANTS_EVENT_STREAM'
  /** The webhook endpoint is switched off. */
  | 'WEBHOOK_DISABLED';

/** Which part of the visitors a visit belongs to, if some see no recommendations. */
export type EventArm =
  /** The visitor sees recommendations. */
  | 'SHOWN'
  /** The visitor sees none. */
  | 'HELD_OUT';

/** Something that a visitor did. */
export type EventInput = {
  /** Which part the visit belongs to. Send it if `viewer.holdOut` is above 0. */
  arm?: InputMaybe<EventArm>;
  /** Whether it is the first event of this kind in the visit. The comparison of the two parts needs it for ADDED. */
  isFirst?: InputMaybe<Scalars['Boolean']['input']>;
  /** The item. Required for SHOWN, OPENED, CLICKED_OUT and ADDED; no other kind has one. */
  itemId?: InputMaybe<Scalars['ID']['input']>;
  /** What the visitor did. */
  kind: EventKind;
};

/** What a visitor did. */
export type EventKind =
  /** A visit began. Send it once per visit. Has no item. */
  | 'VISITED'
  /** A recommended item came into view. */
  | 'SHOWN'
  /** The visitor opened an item. */
  | 'OPENED'
  /** The visitor followed an item's link to the shop. */
  | 'CLICKED_OUT'
  /** The visitor added an item to the basket. */
  | 'ADDED'
  /** An outfit came into view. Has no item. */
  | 'OUTFIT_SHOWN'
  /** The visitor opened or changed an outfit. Has no item. */
  | 'OUTFIT_USED'
  /** A widget had nothing to show. Has no item. */
  | 'WIDGET_EMPTY'
  /** A widget was refused an answer, or had none in time. Has no item. */
  | 'WIDGET_FAILED';

/** What a feed is by its bytes. */
export type FeedFormat =
  /** Text with a header and a separator. */
  | 'CSV'
  /** A sheet of an Excel or OpenDocument file. */
  | 'SHEET'
  /** RSS, Atom, or a plain list of elements. */
  | 'XML'
  /** A JSON array of items, or an object with one in it. */
  | 'JSON'
  /** One JSON object a line. */
  | 'JSON_LINES'
  /** Images without a feed: each is an item. */
  | 'IMAGES';

/** What a feed does to the shop's other items. */
export type FeedMode =
  /** Creates or updates the items in the feed and keeps all others. */
  | 'UPSERT'
  /** Creates or updates the items in the feed and then deletes all others, once the whole feed has been read. Nothing is deleted if a row's id cannot be read, if no row can be used, or if more than half of the items would be deleted without `force`. */
  | 'REPLACE';

/** How a garment was found. */
export type GarmentOrigin =
  /** The parser found it. */
  | 'PARSED'
  /** Somebody drew a box around it. */
  | 'DRAWN';

/** What an import works on. */
export type ImportKind =
  /** The rows of a feed, or the items of `upsertItems`. */
  | 'FEED'
  /** Items of the shop that a change of its slots concerns. */
  | 'SLOTS'
  /** Pictures that are asked for again at their addresses, see `refreshImages`. */
  | 'IMAGES';

/** What a fault in a feed has cost. */
export type ImportSeverity =
  /** The row or the item was not imported. */
  | 'ERROR'
  /** The item was imported without this value, or differently from what the feed says. */
  | 'WARNING';

/** State of an import. */
export type ImportState =
  /** The feed is being read or its items are being parsed. */
  | 'RUNNING'
  /** Every item was parsed or has failed. */
  | 'DONE'
  /** The feed could not be read, or it could not replace the shop. */
  | 'FAILED'
  /** Somebody cancelled the import. */
  | 'CANCELLED';

/** An item, and what it is. */
export type ItemCategoryInput = {
  /** Its category. Omit it to leave the category, and whether the item is matched, to feed and parser. */
  category?: InputMaybe<Category>;
  /** Id of the item. */
  itemId: Scalars['ID']['input'];
};

/** What the shop's staff should look at in an item. */
export type ItemConcern =
  /** It was parsed, but no garment of it is matched in searches. */
  | 'NOT_MATCHED'
  /** It is matched by a garment with a score below 0.75 that nobody has confirmed, or by its whole picture. */
  | 'LOW_CONFIDENCE';

/** Selects items that meet every given field. Several values of one field are alternatives; an empty list selects everything. */
export type ItemFilter = {
  /** Any of these, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  ageGroups?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Further attributes, at most 10. An item must match all of them. */
  attributes?: InputMaybe<Array<AttributeFilter>>;
  /** Any of these. */
  availability?: InputMaybe<Array<Availability>>;
  /** Any of these, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  brands?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Any of these. The feed's category counts, or the detected one where the feed names none. */
  categories?: InputMaybe<Array<Category>>;
  /** Any of these. What the feed calls its colours is compared by the 13 of `Colour`: "red" finds "Bordeaux/Black". Other words, as in other languages, are compared as they are, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  colors?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Any of these, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  genders?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Highest current price, in major units of the shop's currency. */
  maxPrice?: InputMaybe<Scalars['Float']['input']>;
  /** Lowest current price, in major units of the shop's currency, such as 19.90. */
  minPrice?: InputMaybe<Scalars['Float']['input']>;
  /** Any of these. What the feed says in its column `pattern` or its title is compared by the six of `Pattern`: "striped" finds "Pinstripe". Other words are compared as they are, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  patterns?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Any of these, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  sizes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Any of these. The feed's word counts, or what the category says where the feed names none. */
  sleeves?: InputMaybe<Array<Sleeve>>;
  /** Words that the title must contain: all of them, in any order, whatever their case and accents. The last one may be the beginning of a word. */
  words?: InputMaybe<Scalars['String']['input']>;
};

/** One item, with the same fields as a feed row. Omitted fields are cleared. */
export type ItemInput = {
  /** Addresses of up to 9 more images. */
  additionalImageLinks?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Such as "adult" or "kids". */
  ageGroup?: InputMaybe<Scalars['String']['input']>;
  /** Up to 20 further attributes. */
  attributes?: InputMaybe<Array<AttributeInput>>;
  /** Whether it can be bought. IN_STOCK if omitted. */
  availability?: InputMaybe<Availability>;
  /** Brand of the item. */
  brand?: InputMaybe<Scalars['String']['input']>;
  /** Colour, in your own words. */
  color?: InputMaybe<Scalars['String']['input']>;
  /** Description of the item. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Whom the item is made for, such as "female" or "unisex". */
  gender?: InputMaybe<Scalars['String']['input']>;
  /** Google's product category, by name or number. */
  googleProductCategory?: InputMaybe<Scalars['String']['input']>;
  /** Your own id of the item. */
  id: Scalars['ID']['input'];
  /** Address of the main image: http or https, on the public internet. */
  imageLink: Scalars['String']['input'];
  /** Shared by all variants of one product. */
  itemGroupId?: InputMaybe<Scalars['String']['input']>;
  /** Address of the item's page in the shop. */
  link?: InputMaybe<Scalars['String']['input']>;
  /** Ids of up to 20 looks that the item is in, as in the column `look_id` of a feed. */
  lookIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Price with its currency, such as "19.90 EUR". */
  price?: InputMaybe<Scalars['String']['input']>;
  /** Your own product category, such as "Women > Dresses". */
  productType?: InputMaybe<Scalars['String']['input']>;
  /** Price while on sale, such as "14.90 EUR". */
  salePrice?: InputMaybe<Scalars['String']['input']>;
  /** When the sale price holds: two times with a "/" between them, such as "2026-01-31T08:00+0100/2026-02-28T23:59+0100". Always if omitted. */
  salePriceEffectiveDate?: InputMaybe<Scalars['String']['input']>;
  /** Size, such as "M". */
  size?: InputMaybe<Scalars['String']['input']>;
  /** Title of the item. */
  title: Scalars['String']['input'];
};

/** Order of a list of items. */
export type ItemSort =
  /** The most recently imported first. */
  | 'NEWEST'
  /** The cheapest first; those without a price in the shop's currency last. */
  | 'PRICE_RISING'
  /** The dearest first; those without a price in the shop's currency last. */
  | 'PRICE_FALLING';

/** Whether an item has been parsed. */
export type ItemState =
  /** Waiting to be parsed. */
  | 'PENDING'
  /** Parsed. */
  | 'READY'
  /** Its image could not be fetched or parsed. */
  | 'FAILED';

/** What a key allows. Each role includes the ones before it. */
export type KeyRole =
  /** Everything a shopper may do, only on the listed hosts. Safe to show in a page's source. */
  | 'WIDGET'
  /** Also managing the catalogue and its merchandising rules. */
  | 'MERCHANDISER'
  /** Also managing keys and embedding models. */
  | 'ADMIN';

/** How landmarks were found. */
export type LandmarkSource =
  /** By the parser's landmark branch. */
  | 'MODEL'
  /** From the hollows and corners of the mask alone: 44 % lie within 5 % of the height of where a person puts them. */
  | 'DERIVED';

/** Language of the shoppers' pages. */
export type Language =
  /** English. */
  | 'EN'
  /** German. */
  | 'DE'
  /** French. */
  | 'FR'
  /** Spanish. */
  | 'ES';

/** How alike one part of two embeddings is, at a glance. */
export type Likeness =
  /** Alike. */
  | 'ALIKE'
  /** Partly alike. */
  | 'PARTLY'
  /** Different. */
  | 'DIFFERENT';

/** Why a look was not saved. */
export type LookFault =
  /** The id is empty or longer than 100 characters. */
  | 'INVALID_ID'
  /** An earlier look of the list has the same id. */
  | 'REPEATED_LOOK'
  /** The name is longer than 200 characters. */
  | 'NAME_TOO_LONG'
  /** A look has at least two items. */
  | 'TOO_FEW_ITEMS'
  /** A look has at most 20 items. */
  | 'TOO_MANY_ITEMS'
  /** An item is listed twice. */
  | 'REPEATED_ITEM'
  /** The shop has no such item. */
  | 'UNKNOWN_ITEM'
  /** The shop has as many looks as it may have. */
  | 'TOO_MANY_LOOKS';

/** A complete look. An omitted name is cleared, not kept. */
export type LookInput = {
  /** Your own id, at most 100 characters. If omitted, the look is new and gets an id. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Ids of 2 to 20 different items of the shop, in order. */
  itemIds: Array<Scalars['ID']['input']>;
  /** Name of the look, at most 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
};

/** Where a look comes from. */
export type LookSource =
  /** Saved through the API. */
  | 'API'
  /** Made by the column `look_id` of the feed, and kept in step with it. */
  | 'FEED'
  /** Saved in the studio. */
  | 'STUDIO';

/** Encoding of a mask. */
export type MaskFormat =
  /** SVG path data, in pixels of the upright image. */
  | 'PATH'
  /** COCO's compressed run-length encoding, at the size of the upright image. */
  | 'RLE';

/** Progress of a model's vectors. */
export type ModelState =
  /** The shop's garments are being embedded with it in the background. */
  | 'EMBEDDING'
  /** Every garment that can be embedded has a vector, and the index is complete. */
  | 'READY'
  /** Its vectors are replacing the original ones. */
  | 'MOVING'
  /** Its vectors were deleted, or have replaced the original ones. */
  | 'DROPPED';

/** Why an item is in no outfit or no look. The first that applies counts. */
export type NoOutfitReason =
  /** It has not been parsed yet, or it could not be. */
  | 'NOT_READY'
  /** Nothing in its images can be matched. */
  | 'NO_GARMENT'
  /** It is in no category, and no slot of the shop names its product type. */
  | 'NO_SLOT'
  /** It is out of stock. */
  | 'OUT_OF_STOCK'
  /** A merchandising rule excludes it from all searches. */
  | 'EXCLUDED'
  /** It can be in outfits, but it is in none of the looks of the shop. */
  | 'IN_NO_LOOK';

/** Why there are no outfits. */
export type NoOutfitsReason =
  /** The item or garment is of no kind that outfits can be built around. */
  | 'NO_GARMENT'
  /** The item has not been parsed yet, or this server has no compatibility model. */
  | 'NOT_READY'
  /** No garment was found in the photo. */
  | 'NOTHING_FOUND_IN_PHOTO'
  /** What is given already fills every slot. */
  | 'COMPLETE'
  /** The shop has no items in stock for the slots. */
  | 'NO_ITEMS'
  /** Nothing that the shop has goes well enough with what is given. */
  | 'NOTHING_GOES'
  /** Every outfit would cost more than the budget. */
  | 'OVER_BUDGET'
  /** No item for the slots passes the filter. */
  | 'FILTER'
  /** The locked items cannot be worn together, or not with what is given. */
  | 'LOCKED_ITEMS_CLASH';

/** Why an outfit has no total. */
export type NoTotalReason =
  /** An item has no price. */
  | 'PRICE_MISSING'
  /** The prices are in different currencies. */
  | 'CURRENCIES_DIFFER';

/** Where an outfit comes from. */
export type OutfitSource =
  /** One of the shop's own looks. */
  | 'SHOP'
  /** Put together by the compatibility model. */
  | 'GENERATED';

/** What outfits should be built around. Set exactly one. */
export type OutfitsTo =
  /** A garment, such as one in a photo. */
  { garmentId: Scalars['ID']['input']; itemId?: never; photoId?: never; }
  |  /** An item: its primary garment. */
  { garmentId?: never; itemId: Scalars['ID']['input']; photoId?: never; }
  |  /** A photo: what the person wears is kept, one garment in each slot, and the rest is completed. */
  { garmentId?: never; itemId?: never; photoId: Scalars['ID']['input']; };

/** Pattern of a garment. */
export type Pattern =
  /** One colour, or blocks of colours. */
  | 'PLAIN'
  | 'STRIPED'
  /** Checks, plaid, gingham. */
  | 'CHECKED'
  | 'DOTTED'
  | 'FLORAL'
  /** A picture or words, or any other repeated motif. */
  | 'PRINT';

/** A point in pixels of the upright image. The origin is the top left corner. */
export type PointInput = {
  /** From the left. */
  x: Scalars['Float']['input'];
  /** From the top. */
  y: Scalars['Float']['input'];
};

/** How the matches should differ from what was searched with. */
export type Refinement = {
  /** Find items of this category with the same colour and pattern. */
  category?: InputMaybe<Category>;
  /** Garments and items that matches should not resemble. These items are not listed. At most 10. Items that are not parsed yet have no effect. */
  lessLike?: InputMaybe<Array<SimilarTo>>;
  /** Garments and items that matches should also resemble. At most 10. Items that are not parsed yet have no effect. */
  moreLike?: InputMaybe<Array<SimilarTo>>;
  /** Find items of these categories alone, unless `category` or the words name another: "as a skirt". At most 13. */
  within?: InputMaybe<Array<Category>>;
  /** What should be different, in English, German, French or Spanish, at most 200 characters: "this but in blue", "as a skirt", "striped", "size M", "with pockets", "cheaper", "under 50 euros". `interpretation` tells how it was understood. */
  words?: InputMaybe<Scalars['String']['input']>;
};

/** What a viewer may do. Each role includes the ones before it. */
export type Role =
  /** No key: searches the default shop. */
  | 'ANONYMOUS'
  /** A shop's widget key: searches that shop. */
  | 'WIDGET'
  /** Also manages the catalogue and its merchandising rules. */
  | 'MERCHANDISER'
  /** Also manages keys and embedding models. */
  | 'ADMIN';

/** An attribute and its value. Case and accents make no difference. */
export type RuleAttributeInput = {
  /** `color`, `size`, `gender`, `age_group` or one of the further columns of the feed. */
  name: Scalars['String']['input'];
  /** At most 1000 characters. */
  value: Scalars['String']['input'];
};

/** What merchandising rules did to a match. */
export type RuleEffect =
  /** It is at a fixed position. */
  | 'PINNED'
  /** It ranks as if it were more similar. */
  | 'BOOSTED'
  /** It ranks as if it were less similar. */
  | 'BURIED';

/** A complete rule. Omitted fields are cleared, not kept. */
export type RuleInput = {
  /** When the rule ends. Omit it for never. */
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /**
   * For a pin: also show items that are out of stock. Otherwise such an item stays where it would be without the rule.
   * @deprecated Use includeOutOfStock.
   */
  evenOutOfStock?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the rule to change. Omit it to make a new rule. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** For a pin: whether it also shows items that are out of stock. Otherwise those keep their usual place. */
  includeOutOfStock?: InputMaybe<Scalars['Boolean']['input']>;
  /** What the rule does. */
  kind: RuleKind;
  /** Note for merchandisers, at most 500 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Position from 1 to 24. Required for a pin, and not allowed otherwise. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** The rule only affects searches for garments of these categories. Omit it to affect all searches. */
  searchCategories?: InputMaybe<Array<Category>>;
  /** When the rule takes effect. Omit it for at once. */
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Strength of a boost or bury. NORMAL if omitted. */
  strength?: InputMaybe<RuleStrength>;
  /** Which items it applies to. */
  target: RuleTargetInput;
};

/** What a merchandising rule does with its items. */
export type RuleKind =
  /** Shows the item at a fixed position. If the rule applies to several items, shows the most similar one. */
  | 'PIN'
  /** Ranks the items as if they were more similar. */
  | 'BOOST'
  /** Ranks the items as if they were less similar. */
  | 'BURY'
  /** Never shows the items. */
  | 'EXCLUDE';

/** Whether a rule is in force. */
export type RuleState =
  /** Searches apply it. */
  | 'ACTIVE'
  /** It has not started yet. */
  | 'SCHEDULED'
  /** It has ended. */
  | 'ENDED'
  /** It was removed. It can be restored for 90 days. */
  | 'REMOVED';

/** How far a boost or bury moves an item in the ranking. Several rules on one item add up, to STRONG at most. */
export type RuleStrength =
  /** Worth 0.06 of cosine similarity. */
  | 'WEAK'
  /** Worth 0.12 of cosine similarity. */
  | 'NORMAL'
  /** Worth 0.18 of cosine similarity. */
  | 'STRONG';

/** Which items a rule applies to. Set exactly one of the four. */
export type RuleTargetInput =
  /** Every item with this attribute. */
  { attribute: RuleAttributeInput; brand?: never; category?: never; itemId?: never; }
  |  /** Every item of this brand, whatever its case and accents. */
  { attribute?: never; brand: Scalars['String']['input']; category?: never; itemId?: never; }
  |  /** Every item of this category. */
  { attribute?: never; brand?: never; category: Category; itemId?: never; }
  |  /** One item of the shop. */
  { attribute?: never; brand?: never; category?: never; itemId: Scalars['ID']['input']; };

/** Order of similar items. Any but CLOSEST sorts the 1,000 nearest matches above the cutoff. */
export type SimilarSort =
  /** The most similar first, as merchandising rules arrange them. */
  | 'CLOSEST'
  /** The cheapest first; those without a price in the shop's currency last. */
  | 'PRICE_RISING'
  /** The dearest first; those without a price in the shop's currency last. */
  | 'PRICE_FALLING'
  /** The most recently imported first. */
  | 'NEWEST';

/** What to search with. Set exactly one of the two. */
export type SimilarTo =
  /** A garment, such as one in a photo. */
  { garmentId: Scalars['ID']['input']; itemId?: never; }
  |  /** An item: its primary garment. */
  { garmentId?: never; itemId: Scalars['ID']['input']; };

/** Sleeves of a garment. */
export type Sleeve =
  | 'SHORT'
  | 'LONG'
  | 'SLEEVELESS'
  /** Thin straps. */
  | 'STRAPS';

/** A complete slot of the shop. */
export type SlotInput = {
  /** Name for people, at most 60 characters. */
  label: Scalars['String']['input'];
  /** Identifies the slot: 1 to 30 characters of a to z, 0 to 9, - and _. Saving a slot that exists replaces it. The names of the built-in slots are taken. */
  name: Scalars['String']['input'];
  /** From 1 to 50 words or phrases of at most 100 characters, such as "Shoes". An item is in the slot if its `product_type` or `google_product_category` contains one of them as whole words, in upper or lower case. */
  productTypes: Array<Scalars['String']['input']>;
};

/** Selects items of the shop for its staff: as `ItemFilter` does, and by how they were read. */
export type StaffFilter = {
  /** Any of these, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  ageGroups?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Further attributes, at most 10. An item must match all of them. */
  attributes?: InputMaybe<Array<AttributeFilter>>;
  /** Any of these. */
  availability?: InputMaybe<Array<Availability>>;
  /** Any of these, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  brands?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Any of these. The feed's category counts, or the detected one where the feed names none. */
  categories?: InputMaybe<Array<Category>>;
  /** Any of these. What the feed calls its colours is compared by the 13 of `Colour`: "red" finds "Bordeaux/Black". Other words, as in other languages, are compared as they are, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  colors?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only items with this concern. */
  concern?: InputMaybe<ItemConcern>;
  /** Any of these, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  genders?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only items that this import made or changed, or tried to. */
  importId?: InputMaybe<Scalars['ID']['input']>;
  /** Highest current price, in major units of the shop's currency. */
  maxPrice?: InputMaybe<Scalars['Float']['input']>;
  /** Lowest current price, in major units of the shop's currency, such as 19.90. */
  minPrice?: InputMaybe<Scalars['Float']['input']>;
  /** Any of these. What the feed says in its column `pattern` or its title is compared by the six of `Pattern`: "striped" finds "Pinstripe". Other words are compared as they are, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  patterns?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Any of these, whatever their case and accents. At most 50 values of at most 1000 characters; the first 200 are compared. */
  sizes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Any of these. The feed's word counts, or what the category says where the feed names none. */
  sleeves?: InputMaybe<Array<Sleeve>>;
  /** Any of these. */
  states?: InputMaybe<Array<ItemState>>;
  /** The beginning of an id, a brand, or words of the title (all of them, the last may be the beginning of a word), whatever their case and accents. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** Words that the title must contain: all of them, in any order, whatever their case and accents. The last one may be the beginning of a word. */
  words?: InputMaybe<Scalars['String']['input']>;
};

/** Order of the items in the staff's list. */
export type StaffOrder =
  /** Imported last first. */
  | 'NEWEST'
  /** Imported first first. */
  | 'OLDEST'
  /** Changed last first. */
  | 'CHANGED'
  /** By title. */
  | 'TITLE'
  /** By id. */
  | 'ID'
  /** Cheapest first, by the number alone whatever the currency. Items without a price come last. */
  | 'CHEAPEST'
  /** Dearest first, by the number alone whatever the currency. Items without a price come last. */
  | 'DEAREST'
  /** The lowest score of the matched garment first, after those that are matched by their whole picture. Items without a matched garment come last. */
  | 'LEAST_SURE';

/** Why there is no preview. */
export type TryOnRefusal =
  /** The model in use has no pose or no outline network. */
  | 'UNAVAILABLE'
  /** The item is another kind of garment than the one that is worn. */
  | 'OTHER_KIND'
  /** Garments of this kind are not previewed: all but shorts, trousers and skirts. */
  | 'KIND_UNSUPPORTED'
  /** The worn garment reaches the photo's edge. */
  | 'GARMENT_CUT_OFF'
  /** The worn garment is too small in the photo. */
  | 'GARMENT_TOO_SMALL'
  /** Too much stands or hangs before the worn garment. */
  | 'GARMENT_HIDDEN'
  /** The worn garment's outline cannot be told. */
  | 'GARMENT_UNCLEAR'
  /** Nobody is seen wearing the garment. */
  | 'NO_PERSON'
  /** The person does not face the camera. */
  | 'NOT_FRONTAL'
  /** The item's picture does not show it whole, laid out and apart from its background. */
  | 'ITEM_PICTURE_UNSUITABLE'
  /** The item's cut differs too much: its picture would have to be distorted. */
  | 'CUT_DIFFERS'
  /** Too much of the worn garment would still be seen. */
  | 'REMAINDER'
  /** The preview would most likely not look right: pale cloth, sun and shadow on the worn garment, its hem uneven, something of it left, or several of these. */
  | 'WOULD_LOOK_WRONG';

/** What became of a delivery. */
export type WebhookDeliveryState =
  /** It has yet to arrive: not tried yet, or it will be tried again. */
  | 'WAITING'
  /** The endpoint answered with a status from 200 to 299. */
  | 'DELIVERED'
  /** It was given up after 100 attempts or three days. Of a test, after the first. */
  | 'FAILED';

/** What a shop's own systems can be told of. */
export type WebhookEvent =
  /** An import has ended: all its items were read, or it failed or was cancelled. */
  | 'IMPORT_FINISHED'
  /** Items could not be read. Up to a hundred of an import come in one delivery. */
  | 'ITEM_FAILED'
  /** The shop's searches were switched to another embedding model. */
  | 'MODEL_PROMOTED';

/** An endpoint as it is to be. */
export type WebhookInput = {
  /** What it is told of, at least one. */
  events: Array<WebhookEvent>;
  /** What it is for, at most 100 characters. */
  label?: InputMaybe<Scalars['String']['input']>;
  /** Where deliveries are sent: an https address on the public internet, port 443. */
  url: Scalars['String']['input'];
};

/** Why an endpoint was switched off. */
export type WebhookOffReason =
  /** Somebody did. */
  | 'BY_HAND'
  /** Every attempt failed for three days. */
  | 'FAILING'
  /** It answered with status 410 (Gone). */
  | 'GONE'
  /** More than 10,000 deliveries waited for it. */
  | 'BACKLOG';

export type DuplicatesPageQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type DuplicatesPageQuery = { duplicates: { edges: Array<{ node: { kind: DuplicateKind, itemCount: number, items: Array<{ id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type DeleteItemsMutationVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
  keep?: InputMaybe<Scalars['Boolean']['input']>;
}>;


export type DeleteItemsMutation = { deleteItems: Array<string> };

export type GarmentFieldsFragment = { id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } };

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

export type MatchItemMutationVariables = Exact<{
  itemId: Scalars['ID']['input'];
  category?: InputMaybe<Category>;
}>;


export type MatchItemMutation = { matchItem: { id: string } };

export type UnmatchItemMutationVariables = Exact<{
  itemId: Scalars['ID']['input'];
}>;


export type UnmatchItemMutation = { unmatchItem: { id: string } };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { retrievalHealth: { measuredAt: string, engine: Engine, model: string, recallAt20?: number | null, sample: number, index?: { vectors: number, bytes: number, builtAt: string, latestAt?: string | null, deadRows?: number | null, vacuumedAt?: string | null, isValid: boolean } | null, queue?: { waiting: number, running: number, oldestSeconds?: number | null } | null, items?: { ready: number, pending: number, failed: number } | null } };

export type ImportJobFieldsFragment = { id: string, name: string, kind: ImportKind, state: ImportState, failure?: string | null, notes: Array<string>, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, warningCount: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null };

export type ImportsPageQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ImportsPageQuery = { imports: { edges: Array<{ node: { id: string, name: string, kind: ImportKind, state: ImportState, failure?: string | null, notes: Array<string>, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, warningCount: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type ImportJobByIdQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ImportJobByIdQuery = { importJob?: { id: string, name: string, kind: ImportKind, state: ImportState, failure?: string | null, notes: Array<string>, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, warningCount: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } | null };

export type ImportErrorsPageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  severity: ImportSeverity;
  after?: InputMaybe<Scalars['Int']['input']>;
  first: Scalars['Int']['input'];
}>;


export type ImportErrorsPageQuery = { importJob?: { errors: Array<{ row: number, itemId?: string | null, column?: string | null, code: string, reason: string }> } | null };

export type ImportErrorsLinkQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ImportErrorsLinkQuery = { importJob?: { errorsUrl: string } | null };

export type ImportProgressSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ImportProgressSubscription = { importProgress: { id: string, name: string, kind: ImportKind, state: ImportState, failure?: string | null, notes: Array<string>, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, warningCount: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } };

export type FeedPreviewFieldsFragment = { token: string, name: string, feedName?: string | null, format: FeedFormat, encoding?: string | null, separator?: string | null, system?: string | null, notes: Array<string>, isWhole: boolean, columns: Array<{ name: string, use: ColumnUse, field?: string | null }>, rows: Array<{ row: number, item?: { id: string, title: string, availability: Availability, category?: Category | null, unmatchedReason?: string | null, brand?: string | null, color?: string | null, size?: string | null, images: Array<string>, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null, faults: Array<{ itemId?: string | null, severity: ImportSeverity, column?: string | null, reason: string }> }> };

export type PreviewFeedMutationVariables = Exact<{
  feed: Scalars['Upload']['input'];
}>;


export type PreviewFeedMutation = { previewFeed: { token: string, name: string, feedName?: string | null, format: FeedFormat, encoding?: string | null, separator?: string | null, system?: string | null, notes: Array<string>, isWhole: boolean, columns: Array<{ name: string, use: ColumnUse, field?: string | null }>, rows: Array<{ row: number, item?: { id: string, title: string, availability: Availability, category?: Category | null, unmatchedReason?: string | null, brand?: string | null, color?: string | null, size?: string | null, images: Array<string>, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null, faults: Array<{ itemId?: string | null, severity: ImportSeverity, column?: string | null, reason: string }> }> } };

export type PreviewAddressMutationVariables = Exact<{
  url: Scalars['String']['input'];
}>;


export type PreviewAddressMutation = { previewFeed: { token: string, name: string, feedName?: string | null, format: FeedFormat, encoding?: string | null, separator?: string | null, system?: string | null, notes: Array<string>, isWhole: boolean, columns: Array<{ name: string, use: ColumnUse, field?: string | null }>, rows: Array<{ row: number, item?: { id: string, title: string, availability: Availability, category?: Category | null, unmatchedReason?: string | null, brand?: string | null, color?: string | null, size?: string | null, images: Array<string>, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null, faults: Array<{ itemId?: string | null, severity: ImportSeverity, column?: string | null, reason: string }> }> } };

export type ImportStagedMutationVariables = Exact<{
  token: Scalars['ID']['input'];
  mode: FeedMode;
  force: Scalars['Boolean']['input'];
}>;


export type ImportStagedMutation = { importStaged: { id: string, name: string, kind: ImportKind, state: ImportState, failure?: string | null, notes: Array<string>, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, warningCount: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } };

export type CancelImportMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type CancelImportMutation = { cancelImport: { id: string, name: string, kind: ImportKind, state: ImportState, failure?: string | null, notes: Array<string>, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, warningCount: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } };

export type RetryImportMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RetryImportMutation = { retryImport: { id: string, name: string, kind: ImportKind, state: ImportState, failure?: string | null, notes: Array<string>, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, warningCount: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } };

export type RefreshImagesMutationVariables = Exact<{
  itemIds?: InputMaybe<Array<Scalars['ID']['input']> | Scalars['ID']['input']>;
}>;


export type RefreshImagesMutation = { refreshImages: { id: string, name: string, kind: ImportKind, state: ImportState, failure?: string | null, notes: Array<string>, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, warningCount: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } };

export type RecordEventsMutationVariables = Exact<{
  events: Array<EventInput> | EventInput;
}>;


export type RecordEventsMutation = { recordEvents: number };

export type InsightCountsFieldsFragment = { visits: number, photos: number, photosWithoutGarments: number, searches: number, itemSearches: number, zeroResults: number, lowConfidence: number, shown: number, opened: number, clickedOut: number, added: number, outfitsShown: number, outfitsUsed: number, widgetsEmpty: number, widgetsFailed: number, unknownItems: number };

export type InsightsQueryVariables = Exact<{
  from: Scalars['LocalDate']['input'];
  to: Scalars['LocalDate']['input'];
  source?: InputMaybe<Scalars['ID']['input']>;
}>;


export type InsightsQuery = { insights: { from: string, to: string, totals: { visits: number, photos: number, photosWithoutGarments: number, searches: number, itemSearches: number, zeroResults: number, lowConfidence: number, shown: number, opened: number, clickedOut: number, added: number, outfitsShown: number, outfitsUsed: number, widgetsEmpty: number, widgetsFailed: number, unknownItems: number }, days: Array<{ day: string, counts: { photos: number, searches: number, zeroResults: number, lowConfidence: number, shown: number, opened: number, clickedOut: number, added: number } }>, garments: Array<{ category: Category, count: number }>, confidence: Array<{ from: number, to: number, count: number }>, sources: Array<{ id: string, name?: string | null, counts: { photos: number, searches: number, shown: number, opened: number, clickedOut: number, added: number } }>, holdOut: Array<{ id: string, name?: string | null, holdOut: number, shown: { visits: number, visitsWithAdded: number, added?: { share: number, low: number, high: number } | null }, heldOut: { visits: number, visitsWithAdded: number, added?: { share: number, low: number, high: number } | null }, difference?: { share: number, low: number, high: number } | null }>, topItems: Array<{ itemId: string, shown: number, opened: number, clickedOut: number, added: number, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null }>, missedSearches: Array<{ garmentId: string, category?: Category | null, best?: number | null, isNarrowed: boolean, cropUrl: string, notedAt: string, expiresAt: string }>, neverFound: { count: number, isExact: boolean, items: Array<{ id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> }, files: { counts: string, items: string } } };

export type ItemSampleFieldsFragment = { count: number, isExact: boolean, items: Array<{ failure?: string | null, id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> };

export type AttentionQueryVariables = Exact<{ [key: string]: never; }>;


export type AttentionQuery = { webhooks: Array<{ id: string, url: string, label: string, disabledAt?: string | null, disabledReason?: WebhookOffReason | null }>, attention: { missedSearches: number, failedItems: { count: number, isExact: boolean, items: Array<{ failure?: string | null, id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> }, unmatchedItems: { count: number, isExact: boolean, items: Array<{ failure?: string | null, id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> } }, duplicates: { edges: Array<{ cursor: string }> }, imports: { edges: Array<{ node: { id: string, name: string, kind: ImportKind, state: ImportState, failure?: string | null, notes: Array<string>, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, warningCount: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } }> } };

export type ItemCardFieldsFragment = { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null };

export type ItemsPageQueryVariables = Exact<{
  filter?: InputMaybe<ItemFilter>;
  sort: ItemSort;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ItemsPageQuery = { items: { totalCount: number, isTotalExact: boolean, edges: Array<{ node: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type ItemByIdQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ItemByIdQuery = { item?: { description?: string | null, link?: string | null, color?: string | null, size?: string | null, gender?: string | null, ageGroup?: string | null, id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, images: Array<{ url: string, width: number, height: number, garments: Array<{ id: string }> }>, primaryGarment?: { id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } } | null, variants: Array<{ id: string, color?: string | null, size?: string | null, availability: Availability, imageUrl?: string | null }>, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null };

export type ItemCardByIdQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ItemCardByIdQuery = { item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null };

export type ViewerOfKeyQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerOfKeyQuery = { viewer: { role: Role }, shop: { name: string } };

export type AccessKeyFieldsFragment = { id: string, role: KeyRole, label: string, hint: string, domains: Array<string>, holdOut: number, createdAt: string, lastUsedAt?: string | null, revokedAt?: string | null };

export type KeysQueryVariables = Exact<{ [key: string]: never; }>;


export type KeysQuery = { keys: Array<{ id: string, role: KeyRole, label: string, hint: string, domains: Array<string>, holdOut: number, createdAt: string, lastUsedAt?: string | null, revokedAt?: string | null }> };

export type CreateKeyMutationVariables = Exact<{
  role: KeyRole;
  label: Scalars['String']['input'];
  domains?: InputMaybe<Array<Scalars['String']['input']> | Scalars['String']['input']>;
}>;


export type CreateKeyMutation = { createKey: { key: string, details: { id: string, role: KeyRole, label: string, hint: string, domains: Array<string>, holdOut: number, createdAt: string, lastUsedAt?: string | null, revokedAt?: string | null } } };

export type RevokeKeyMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RevokeKeyMutation = { revokeKey: { id: string, role: KeyRole, label: string, hint: string, domains: Array<string>, holdOut: number, createdAt: string, lastUsedAt?: string | null, revokedAt?: string | null } };

export type SetHoldOutMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  share: Scalars['Float']['input'];
}>;


export type SetHoldOutMutation = { setHoldOut: { id: string, role: KeyRole, label: string, hint: string, domains: Array<string>, holdOut: number, createdAt: string, lastUsedAt?: string | null, revokedAt?: string | null } };

export type LookFieldsFragment = { id: string, name?: string | null, source: LookSource, updatedAt: string, problem?: string | null, items: Array<{ id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> };

export type LooksPageQueryVariables = Exact<{
  words?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LooksPageQuery = { looks: { totalCount: number, isTotalExact: boolean, edges: Array<{ node: { id: string, name?: string | null, source: LookSource, updatedAt: string, problem?: string | null, items: Array<{ id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type LookByIdQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type LookByIdQuery = { look?: { id: string, name?: string | null, source: LookSource, updatedAt: string, problem?: string | null, items: Array<{ id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> } | null };

export type LooksOfItemQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type LooksOfItemQuery = { item?: { looks: Array<{ id: string, name?: string | null, source: LookSource, updatedAt: string, problem?: string | null, items: Array<{ id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> }> } | null };

export type UpsertLooksMutationVariables = Exact<{
  looks: Array<LookInput> | LookInput;
  source: LookSource;
}>;


export type UpsertLooksMutation = { upsertLooks: { saved: number, unchanged: number, ids: Array<string>, errors: Array<{ index: number, lookId?: string | null, itemId?: string | null, code: LookFault, reason: string }> } };

export type RemoveLooksMutationVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type RemoveLooksMutation = { removeLooks: Array<{ id: string }> };

export type ItemsInNoOutfitPageQueryVariables = Exact<{
  why?: InputMaybe<NoOutfitReason>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ItemsInNoOutfitPageQuery = { itemsInNoOutfit: { counts: Array<{ why: NoOutfitReason, count: number }>, edges: Array<{ node: { why: NoOutfitReason, message: string, item: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type ModelFieldsFragment = { id: string, name: string, state: ModelState, isInUse: boolean, isLoaded: boolean, garments: number, embedded: number, failed: number, createdAt?: string | null };

export type ModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelsQuery = { models: Array<{ id: string, name: string, state: ModelState, isInUse: boolean, isLoaded: boolean, garments: number, embedded: number, failed: number, createdAt?: string | null }> };

export type CompareModelsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  sample: Scalars['Int']['input'];
}>;


export type CompareModelsQuery = { compareModels: { sample: number, overlap?: number | null, rankChange?: number | null, examples: Array<{ overlap: number, item: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }, before: Array<{ id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }>, after: Array<{ id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null }> }> } };

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

export type OutfitGarmentFieldsFragment = { id: string, category?: Category | null, cropUrl: string, whole: boolean, box: { x1: number, y1: number, x2: number, y2: number } };

export type OutfitFieldsFragment = { id: string, score: number, source: OutfitSource, noTotal?: NoTotalReason | null, missingSlots: Array<string>, look?: { id: string, name?: string | null } | null, total?: { amount: string, currency: string } | null, pieces: Array<{ slot: string, isGiven: boolean, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, primaryGarment?: { id: string, category?: Category | null, cropUrl: string, whole: boolean, box: { x1: number, y1: number, x2: number, y2: number } } | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null, garment?: { id: string, category?: Category | null, cropUrl: string, whole: boolean, box: { x1: number, y1: number, x2: number, y2: number } } | null }>, reason: { pairs: Array<{ slots: Array<string>, colours: Array<Colour>, wornTogether?: number | null, lookCount?: number | null, isOftenWorn: boolean, hasPatternsAlike: boolean, isInLook: boolean }> } };

export type OutfitsAroundQueryVariables = Exact<{
  to: OutfitsTo;
  slots?: InputMaybe<Array<Scalars['String']['input']> | Scalars['String']['input']>;
  count: Scalars['Int']['input'];
  diversity: Scalars['Float']['input'];
  locked?: InputMaybe<Array<Scalars['ID']['input']> | Scalars['ID']['input']>;
  budget?: InputMaybe<Scalars['Float']['input']>;
  filter?: InputMaybe<ItemFilter>;
  seed: Scalars['Int']['input'];
}>;


export type OutfitsAroundQuery = { outfits: { emptyReason?: NoOutfitsReason | null, message?: string | null, outfits: Array<{ id: string, score: number, source: OutfitSource, noTotal?: NoTotalReason | null, missingSlots: Array<string>, look?: { id: string, name?: string | null } | null, total?: { amount: string, currency: string } | null, pieces: Array<{ slot: string, isGiven: boolean, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, primaryGarment?: { id: string, category?: Category | null, cropUrl: string, whole: boolean, box: { x1: number, y1: number, x2: number, y2: number } } | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null, garment?: { id: string, category?: Category | null, cropUrl: string, whole: boolean, box: { x1: number, y1: number, x2: number, y2: number } } | null }>, reason: { pairs: Array<{ slots: Array<string>, colours: Array<Colour>, wornTogether?: number | null, lookCount?: number | null, isOftenWorn: boolean, hasPatternsAlike: boolean, isInLook: boolean }> } }> } };

export type OutfitByIdQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  without?: InputMaybe<Array<Scalars['String']['input']> | Scalars['String']['input']>;
}>;


export type OutfitByIdQuery = { outfit?: { id: string, score: number, source: OutfitSource, noTotal?: NoTotalReason | null, missingSlots: Array<string>, look?: { id: string, name?: string | null } | null, total?: { amount: string, currency: string } | null, pieces: Array<{ slot: string, isGiven: boolean, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, primaryGarment?: { id: string, category?: Category | null, cropUrl: string, whole: boolean, box: { x1: number, y1: number, x2: number, y2: number } } | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null, garment?: { id: string, category?: Category | null, cropUrl: string, whole: boolean, box: { x1: number, y1: number, x2: number, y2: number } } | null }>, reason: { pairs: Array<{ slots: Array<string>, colours: Array<Colour>, wornTogether?: number | null, lookCount?: number | null, isOftenWorn: boolean, hasPatternsAlike: boolean, isInLook: boolean }> } } | null };

export type OutfitSwapsQueryVariables = Exact<{
  outfit: Scalars['ID']['input'];
  slot: Scalars['String']['input'];
  filter?: InputMaybe<ItemFilter>;
  budget?: InputMaybe<Scalars['Float']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type OutfitSwapsQuery = { swap: { edges: Array<{ node: { item: { id: string }, outfit: { id: string, score: number, source: OutfitSource, noTotal?: NoTotalReason | null, missingSlots: Array<string>, look?: { id: string, name?: string | null } | null, total?: { amount: string, currency: string } | null, pieces: Array<{ slot: string, isGiven: boolean, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, primaryGarment?: { id: string, category?: Category | null, cropUrl: string, whole: boolean, box: { x1: number, y1: number, x2: number, y2: number } } | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null, garment?: { id: string, category?: Category | null, cropUrl: string, whole: boolean, box: { x1: number, y1: number, x2: number, y2: number } } | null }>, reason: { pairs: Array<{ slots: Array<string>, colours: Array<Colour>, wornTogether?: number | null, lookCount?: number | null, isOftenWorn: boolean, hasPatternsAlike: boolean, isInLook: boolean }> } } } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type OutfitSlotsQueryVariables = Exact<{ [key: string]: never; }>;


export type OutfitSlotsQuery = { shop: { slots: Array<{ name: string, label: string, itemCount: number }> } };

export type PhotoFieldsFragment = { id: string, width: number, height: number, imageUrl: string, expiresAt: string, garments: Array<{ id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } }> };

export type PhotoByIdQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type PhotoByIdQuery = { photo?: { id: string, width: number, height: number, imageUrl: string, expiresAt: string, garments: Array<{ id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } }> } | null };

export type ParsePhotoMutationVariables = Exact<{
  image: Scalars['Upload']['input'];
}>;


export type ParsePhotoMutation = { parsePhoto: { ownerToken?: string | null, id: string, width: number, height: number, imageUrl: string, expiresAt: string, garments: Array<{ id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } }> } };

export type ParsePhotoAtMutationVariables = Exact<{
  url: Scalars['String']['input'];
}>;


export type ParsePhotoAtMutation = { parsePhotoAt: { ownerToken?: string | null, id: string, width: number, height: number, imageUrl: string, expiresAt: string, garments: Array<{ id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } }> } };

export type DeletePhotoMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  token?: InputMaybe<Scalars['String']['input']>;
}>;


export type DeletePhotoMutation = { deletePhoto: boolean };

export type AddRegionMutationVariables = Exact<{
  photoId: Scalars['ID']['input'];
  box?: InputMaybe<BoxInput>;
  outline?: InputMaybe<Array<PointInput> | PointInput>;
  token?: InputMaybe<Scalars['String']['input']>;
}>;


export type AddRegionMutation = { addRegion: { id: string } };

export type RemoveGarmentMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  token?: InputMaybe<Scalars['String']['input']>;
}>;


export type RemoveGarmentMutation = { removeGarment: boolean };

export type RuleFieldsFragment = { id: string, kind: RuleKind, searchCategories?: Array<Category> | null, position?: number | null, strength?: RuleStrength | null, includeOutOfStock: boolean, startsAt?: string | null, endsAt?: string | null, note?: string | null, state: RuleState, updatedAt: string, problem?: string | null, target: { itemId?: string | null, category?: Category | null, brand?: string | null, attribute?: { name: string, value: string } | null, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null } };

export type RulesPageQueryVariables = Exact<{
  state?: InputMaybe<RuleState>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type RulesPageQuery = { rules: { edges: Array<{ node: { id: string, kind: RuleKind, searchCategories?: Array<Category> | null, position?: number | null, strength?: RuleStrength | null, includeOutOfStock: boolean, startsAt?: string | null, endsAt?: string | null, note?: string | null, state: RuleState, updatedAt: string, problem?: string | null, target: { itemId?: string | null, category?: Category | null, brand?: string | null, attribute?: { name: string, value: string } | null, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null } } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type SetRuleMutationVariables = Exact<{
  rule: RuleInput;
}>;


export type SetRuleMutation = { setRule: { id: string, kind: RuleKind, searchCategories?: Array<Category> | null, position?: number | null, strength?: RuleStrength | null, includeOutOfStock: boolean, startsAt?: string | null, endsAt?: string | null, note?: string | null, state: RuleState, updatedAt: string, problem?: string | null, target: { itemId?: string | null, category?: Category | null, brand?: string | null, attribute?: { name: string, value: string } | null, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null } } };

export type RemoveRuleMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RemoveRuleMutation = { removeRule: { id: string, kind: RuleKind, searchCategories?: Array<Category> | null, position?: number | null, strength?: RuleStrength | null, includeOutOfStock: boolean, startsAt?: string | null, endsAt?: string | null, note?: string | null, state: RuleState, updatedAt: string, problem?: string | null, target: { itemId?: string | null, category?: Category | null, brand?: string | null, attribute?: { name: string, value: string } | null, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null } } };

export type RestoreRuleMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RestoreRuleMutation = { restoreRule: { id: string, kind: RuleKind, searchCategories?: Array<Category> | null, position?: number | null, strength?: RuleStrength | null, includeOutOfStock: boolean, startsAt?: string | null, endsAt?: string | null, note?: string | null, state: RuleState, updatedAt: string, problem?: string | null, target: { itemId?: string | null, category?: Category | null, brand?: string | null, attribute?: { name: string, value: string } | null, item?: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null } } };

export type PreviewRuleQueryVariables = Exact<{
  rule: RuleInput;
  to: SimilarTo;
  filter?: InputMaybe<ItemFilter>;
  first: Scalars['Int']['input'];
}>;


export type PreviewRuleQuery = { previewRule: { before: Array<{ score: number, item: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } }>, after: Array<{ score: number, item: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } }>, changes: Array<{ from?: number | null, to?: number | null, item: { id: string } }> } };

export type CompareRulesQueryVariables = Exact<{
  to: SimilarTo;
  filter?: InputMaybe<ItemFilter>;
  minScore?: InputMaybe<Scalars['Float']['input']>;
  first: Scalars['Int']['input'];
}>;


export type CompareRulesQuery = { compareRules: { before: Array<{ score: number, item: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } }>, after: Array<{ score: number, item: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } }>, changes: Array<{ from?: number | null, to?: number | null, item: { id: string } }> } };

export type ShopOverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type ShopOverviewQuery = { shop: { id: string, name: string, currency: string, isDemo: boolean, language?: Language | null, drawnItemCount: number, itemCount: number, pendingCount: number, categories: Array<{ category: Category, count: number }>, facets: { categories: Array<{ value: Category, count: number }>, colors: Array<{ value: string, count: number }>, brands: Array<{ value: string, count: number }>, sizes: Array<{ value: string, count: number }>, genders: Array<{ value: string, count: number }>, ageGroups: Array<{ value: string, count: number }>, patterns: Array<{ value: string, count: number }>, sleeves: Array<{ value: Sleeve, count: number }>, availability: Array<{ value: Availability, count: number }> } } };

export type RenameShopMutationVariables = Exact<{
  name: Scalars['String']['input'];
}>;


export type RenameShopMutation = { renameShop: { id: string, name: string } };

export type SetShopLanguageMutationVariables = Exact<{
  language?: InputMaybe<Language>;
}>;


export type SetShopLanguageMutation = { setShopLanguage: { id: string, language?: Language | null } };

export type RemoveDrawnItemsMutationVariables = Exact<{ [key: string]: never; }>;


export type RemoveDrawnItemsMutation = { removeDrawnItems: number };

export type ShopWordsQueryVariables = Exact<{ [key: string]: never; }>;


export type ShopWordsQuery = { shop: { brands: Array<string>, colors: Array<string> } };

export type SimilarItemsPageQueryVariables = Exact<{
  to: SimilarTo;
  filter?: InputMaybe<ItemFilter>;
  refine?: InputMaybe<Refinement>;
  minScore?: InputMaybe<Scalars['Float']['input']>;
  sort?: InputMaybe<SimilarSort>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type SimilarItemsPageQuery = { similarItems: { cutoff?: number | null, interpretation?: { colours: Array<Colour>, categories: Array<Category>, patterns: Array<Pattern>, sizes: Array<string>, minPrice?: number | null, maxPrice?: number | null, titleWords: Array<string>, ignored: Array<string>, notUnderstood: Array<string> } | null, edges: Array<{ node: { score: number, closeness: Closeness, isApart: boolean, variantCount: number, reason?: { category: { match?: Category | null, agrees?: boolean | null, likeness?: Likeness | null }, colour: { query?: Colour | null, match?: Colour | null, relation?: ColourRelation | null, word?: string | null, likeness?: Likeness | null }, pattern: { match?: Pattern | null, agrees?: boolean | null, likeness?: Likeness | null } } | null, item: { id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type SimilarFacetsQueryVariables = Exact<{
  to: SimilarTo;
  filter?: InputMaybe<ItemFilter>;
  refine?: InputMaybe<Refinement>;
  minScore?: InputMaybe<Scalars['Float']['input']>;
}>;


export type SimilarFacetsQuery = { similarItems: { facets: { counted: number, approximate: boolean, attributes: Array<{ name: string, values: Array<{ value: string, count: number }> }>, categories: Array<{ value: Category, count: number }>, colors: Array<{ value: string, count: number }>, brands: Array<{ value: string, count: number }>, sizes: Array<{ value: string, count: number }>, genders: Array<{ value: string, count: number }>, ageGroups: Array<{ value: string, count: number }>, patterns: Array<{ value: string, count: number }>, sleeves: Array<{ value: Sleeve, count: number }>, availability: Array<{ value: Availability, count: number }> } } };

export type SlotFieldsFragment = { name: string, label: string, categories: Array<Category>, productTypes: Array<string>, isBuiltIn: boolean, itemCount: number };

export type ShopSlotsQueryVariables = Exact<{ [key: string]: never; }>;


export type ShopSlotsQuery = { shop: { slots: Array<{ name: string, label: string, categories: Array<Category>, productTypes: Array<string>, isBuiltIn: boolean, itemCount: number }>, slotImport?: { id: string, name: string, kind: ImportKind, state: ImportState, failure?: string | null, notes: Array<string>, mode: FeedMode, rowsTotal: number, rowsRejected: number, rowsUnchanged: number, warningCount: number, itemsReady: number, itemsFailed: number, itemsCancelled: number, itemsPending: number, itemsDeleted: number, garmentCount: number, itemsPerSecond: number, percentage?: number | null, secondsLeft?: number | null, createdAt: string, finishedAt?: string | null } | null } };

export type SaveSlotMutationVariables = Exact<{
  slot: SlotInput;
}>;


export type SaveSlotMutation = { saveSlot: { name: string } };

export type RemoveSlotMutationVariables = Exact<{
  name: Scalars['String']['input'];
}>;


export type RemoveSlotMutation = { removeSlot: boolean };

export type StockPageQueryVariables = Exact<{
  filter?: InputMaybe<StaffFilter>;
  order?: InputMaybe<StaffOrder>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type StockPageQuery = { catalogue: { items: { totalCount: number, isTotalExact: boolean, edges: Array<{ node: { category?: Category | null, updatedAt: string, id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, primaryGarment?: { score: number, whole: boolean, corrected: boolean } | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } } };

export type StockIdsQueryVariables = Exact<{
  filter?: InputMaybe<StaffFilter>;
  after?: InputMaybe<Scalars['ID']['input']>;
}>;


export type StockIdsQuery = { catalogue: { ids: Array<string> } };

export type StockFileQueryVariables = Exact<{
  filter?: InputMaybe<StaffFilter>;
}>;


export type StockFileQuery = { catalogue: { csvUrl: string } };

export type CategorizeItemsMutationVariables = Exact<{
  items: Array<ItemCategoryInput> | ItemCategoryInput;
}>;


export type CategorizeItemsMutation = { categorizeItems: Array<{ itemId: string, before?: Category | null, problem?: string | null }> };

export type RestoreItemsMutationVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type RestoreItemsMutation = { restoreItems: Array<string> };

export type StockItemQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type StockItemQuery = { item?: { category?: Category | null, updatedAt: string, id: string, title: string, brand?: string | null, availability: Availability, state: ItemState, failure?: string | null, imageUrl?: string | null, isDrawn: boolean, images: Array<{ url: string, width: number, height: number }>, choices: Array<{ image: number, isMatched: boolean, reason: ChoiceReason, named: Array<Category>, goods?: string | null, garment: { parsedCategory?: Category | null, corrected: boolean, id: string, category?: Category | null, score: number, mask: string, coverage: number, cropUrl: string, whole: boolean, origin: GarmentOrigin, box: { x1: number, y1: number, x2: number, y2: number } } }>, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null };

export type SeeItOnQueryVariables = Exact<{
  garmentId: Scalars['ID']['input'];
  itemId: Scalars['ID']['input'];
}>;


export type SeeItOnQuery = { tryOn: { imageUrl?: string | null, refusal?: TryOnRefusal | null, expiresAt: string } };

export type WebhookFieldsFragment = { id: string, url: string, label: string, events: Array<WebhookEvent>, createdAt: string, failingSince?: string | null, nextTryAt?: string | null, disabledAt?: string | null, disabledReason?: WebhookOffReason | null, waitingCount: number, secretMadeAt: string, signsWithBothUntil?: string | null };

export type WebhookDeliveryFieldsFragment = { id: string, messageId: string, type: string, isTest: boolean, state: WebhookDeliveryState, tries: number, items: number, createdAt: string, triedAt?: string | null, nextTryAt?: string | null, endedAt?: string | null, status?: number | null, answer?: string | null, error?: string | null, tookMs?: number | null, body: string };

export type WebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhooksQuery = { webhooks: Array<{ id: string, url: string, label: string, events: Array<WebhookEvent>, createdAt: string, failingSince?: string | null, nextTryAt?: string | null, disabledAt?: string | null, disabledReason?: WebhookOffReason | null, waitingCount: number, secretMadeAt: string, signsWithBothUntil?: string | null }> };

export type WebhookDeliveriesQueryVariables = Exact<{
  endpointId: Scalars['ID']['input'];
  state?: InputMaybe<WebhookDeliveryState>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type WebhookDeliveriesQuery = { webhookDeliveries: { edges: Array<{ node: { id: string, messageId: string, type: string, isTest: boolean, state: WebhookDeliveryState, tries: number, items: number, createdAt: string, triedAt?: string | null, nextTryAt?: string | null, endedAt?: string | null, status?: number | null, answer?: string | null, error?: string | null, tookMs?: number | null, body: string } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type CreateWebhookMutationVariables = Exact<{
  webhook: WebhookInput;
}>;


export type CreateWebhookMutation = { createWebhook: { secret: string, endpoint: { id: string, url: string, label: string, events: Array<WebhookEvent>, createdAt: string, failingSince?: string | null, nextTryAt?: string | null, disabledAt?: string | null, disabledReason?: WebhookOffReason | null, waitingCount: number, secretMadeAt: string, signsWithBothUntil?: string | null } } };

export type ChangeWebhookMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  webhook: WebhookInput;
}>;


export type ChangeWebhookMutation = { changeWebhook: { id: string, url: string, label: string, events: Array<WebhookEvent>, createdAt: string, failingSince?: string | null, nextTryAt?: string | null, disabledAt?: string | null, disabledReason?: WebhookOffReason | null, waitingCount: number, secretMadeAt: string, signsWithBothUntil?: string | null } };

export type SwitchWebhookMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  on: Scalars['Boolean']['input'];
}>;


export type SwitchWebhookMutation = { switchWebhook: { id: string, url: string, label: string, events: Array<WebhookEvent>, createdAt: string, failingSince?: string | null, nextTryAt?: string | null, disabledAt?: string | null, disabledReason?: WebhookOffReason | null, waitingCount: number, secretMadeAt: string, signsWithBothUntil?: string | null } };

export type RotateWebhookSecretMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  keepHours: Scalars['Int']['input'];
}>;


export type RotateWebhookSecretMutation = { rotateWebhookSecret: { secret: string, endpoint: { id: string, url: string, label: string, events: Array<WebhookEvent>, createdAt: string, failingSince?: string | null, nextTryAt?: string | null, disabledAt?: string | null, disabledReason?: WebhookOffReason | null, waitingCount: number, secretMadeAt: string, signsWithBothUntil?: string | null } } };

export type RemoveWebhookMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RemoveWebhookMutation = { removeWebhook: boolean };

export type SendWebhookTestMutationVariables = Exact<{
  endpointId: Scalars['ID']['input'];
}>;


export type SendWebhookTestMutation = { sendWebhookTest: { id: string, messageId: string, type: string, isTest: boolean, state: WebhookDeliveryState, tries: number, items: number, createdAt: string, triedAt?: string | null, nextTryAt?: string | null, endedAt?: string | null, status?: number | null, answer?: string | null, error?: string | null, tookMs?: number | null, body: string } };

export type SendWebhookAgainMutationVariables = Exact<{
  deliveryId: Scalars['ID']['input'];
}>;


export type SendWebhookAgainMutation = { sendWebhookAgain: { id: string, messageId: string, type: string, isTest: boolean, state: WebhookDeliveryState, tries: number, items: number, createdAt: string, triedAt?: string | null, nextTryAt?: string | null, endedAt?: string | null, status?: number | null, answer?: string | null, error?: string | null, tookMs?: number | null, body: string } };

export type WidgetItemFieldsFragment = { itemId: string, title: string, brand?: string | null, link?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null };

export type WidgetRecommendationsQueryVariables = Exact<{
  item: Scalars['ID']['input'];
  similar: Scalars['Int']['input'];
  outfits: Scalars['Int']['input'];
  withSimilar: Scalars['Boolean']['input'];
  withOutfits: Scalars['Boolean']['input'];
}>;


export type WidgetRecommendationsQuery = { viewer: { holdOut: number }, similarItems?: { edges: Array<{ node: { item: { itemId: string, title: string, brand?: string | null, link?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } } }> }, outfits?: { outfits: Array<{ id: string, total?: { amount: string, currency: string } | null, pieces: Array<{ isGiven: boolean, item?: { itemId: string, title: string, brand?: string | null, link?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } | null }> }> } };

export type WidgetVisitQueryVariables = Exact<{ [key: string]: never; }>;


export type WidgetVisitQuery = { viewer: { holdOut: number } };

export type WidgetPhotoMutationVariables = Exact<{
  image: Scalars['Upload']['input'];
}>;


export type WidgetPhotoMutation = { parsePhoto: { width: number, height: number, imageUrl: string, garments: Array<{ id: string, category?: Category | null, mask: string, similarItems: { edges: Array<{ node: { item: { itemId: string, title: string, brand?: string | null, link?: string | null, imageUrl?: string | null, price?: { amount: string, currency: string } | null, salePrice?: { amount: string, currency: string } | null } } }> } }> } };

export type WidgetEventsMutationVariables = Exact<{
  events: Array<EventInput> | EventInput;
}>;


export type WidgetEventsMutation = { recordEvents: number };

export type SimilarFacetsFieldsFragment = { categories: Array<{ value: Category, count: number }>, colors: Array<{ value: string, count: number }>, brands: Array<{ value: string, count: number }>, sizes: Array<{ value: string, count: number }>, genders: Array<{ value: string, count: number }>, ageGroups: Array<{ value: string, count: number }>, patterns: Array<{ value: string, count: number }>, sleeves: Array<{ value: Sleeve, count: number }>, availability: Array<{ value: Availability, count: number }> };

export type ShopFacetsFieldsFragment = { categories: Array<{ value: Category, count: number }>, colors: Array<{ value: string, count: number }>, brands: Array<{ value: string, count: number }>, sizes: Array<{ value: string, count: number }>, genders: Array<{ value: string, count: number }>, ageGroups: Array<{ value: string, count: number }>, patterns: Array<{ value: string, count: number }>, sleeves: Array<{ value: Sleeve, count: number }>, availability: Array<{ value: Availability, count: number }> };

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
