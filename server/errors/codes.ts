/** How a refusal with a code is answered, and what it means to a program. */
interface CodeInfo {
  /** HTTP's status of a request that is refused as a whole. */
  readonly status: number;
  readonly description: string;
}

const is = (status: number, description: string): CodeInfo => ({ status, description });

/**
 * Every value that `extensions.code` of an error can have. The schema's enum `ErrorCode` and docs/errors.md are made from
 * this list, and errors take no other code.
 */
export const ERROR_CODES = {
  BAD_MULTIPART: is(400, 'The multipart request does not follow its specification.'),
  BAD_REQUEST: is(400, 'The HTTP request cannot be read, such as a body that is not JSON.'),
  BAD_USER_INPUT: is(400, 'Variables or directives do not fit the document or the schema.'),
  BODY_TOO_LARGE: is(413, 'The body of the request is too long.'),
  BUSY: is(503, 'The server has as much work as it can queue. Try again after `retryAfter` seconds.'),
  EMPTY_FEED: is(400, 'The feed has no bytes.'),
  FEED_GONE: is(400, 'The files of this import are gone: import the feed again.'),
  FEED_TOO_LARGE: is(400, 'The feed is too large, or becomes so when it is unpacked.'),
  FEED_UNREADABLE: is(400, 'The file is no feed that can be read.'),
  FETCH_FAILED: is(400, 'The address could not be fetched.'),
  FETCH_REFUSED: is(400, 'The address is not on the public internet, or has a user name or password.'),
  FILE_MISSING: is(400, 'The multipart request names a file and does not send it.'),
  FILE_TOO_LARGE: is(413, 'The uploaded file is too large.'),
  FORBIDDEN: is(403, 'The key may not do this, or not from this page.'),
  GRAPHQL_PARSE_FAILED: is(400, 'The document is not GraphQL.'),
  GRAPHQL_VALIDATION_FAILED: is(400, 'The document does not fit the schema.'),
  IMAGE_FORMAT_UNSUPPORTED: is(400, 'The picture is in a format that is not read.'),
  IMAGE_TOO_LARGE: is(413, 'The picture has too many bytes or pixels.'),
  IMAGE_TRUNCATED: is(400, 'The picture ends too early.'),
  IMPORT_RUNNING: is(400, 'The import still runs.'),
  INTERNAL_SERVER_ERROR: is(500, 'A fault of the server, logged under `reference`.'),
  INVALID_CURSOR: is(400, 'The cursor belongs to another list, or is not one. Start again without it.'),
  INVALID_INPUT: is(400, 'An argument has a value that is not allowed; `field` names it.'),
  INVALID_OUTFIT: is(400, 'The id is not that of an outfit.'),
  LAST_ADMIN_KEY: is(400, "The shop's only admin key cannot be revoked."),
  METHOD_NOT_ALLOWED: is(405, 'Pages can only be read.'),
  MODEL_NOT_USABLE: is(400, 'The embedding model is not ready, or is in use.'),
  NOT_AN_IMAGE: is(400, 'The file is no picture, or a damaged one.'),
  NOT_FOUND: is(404, 'What the request names does not exist in this shop.'),
  NOT_PARSED: is(400, 'The item has not been parsed yet.'),
  OPERATION_RESOLUTION_FAILURE: is(
    400,
    'The document has no operation of this name, or several and no name.',
  ),
  PERSISTED_QUERY_NOT_FOUND: is(200, 'The server does not know the query of this hash: send it whole.'),
  PERSISTED_QUERY_NOT_SUPPORTED: is(200, 'The server takes no hash in place of a query: send it whole.'),
  PREVIEW_EXPIRED: is(400, 'The preview of the feed has expired: upload it again.'),
  QUERY_TOO_COSTLY: is(400, 'The query could return too much: ask for smaller pages.'),
  QUERY_TOO_DEEP: is(400, 'The query nests too deep.'),
  RATE_LIMITED: is(429, 'The client asks too often. Try again after `retryAfter` seconds.'),
  REQUEST_TIMEOUT: is(408, 'The request took too long to arrive.'),
  TOO_MANY_EVENTS: is(400, 'Too many events in one request.'),
  TOO_MANY_REGIONS: is(400, 'The photo has as many drawn garments as it may have.'),
  TOO_MANY_RULES: is(400, 'The shop has as many rules as it may have.'),
  TOO_MANY_SLOTS: is(400, 'The shop has as many slots as it may have.'),
  TOO_MANY_WEBHOOKS: is(400, 'The shop has as many webhook endpoints as it may have.'),
  UNAUTHENTICATED: is(401, 'The key is unknown or was revoked.'),
  UNAVAILABLE: is(
    503,
    'The database, the store or the disk cannot be reached. Try again after `retryAfter` seconds.',
  ),
  UNKNOWN_ITEM: is(400, 'A rule names an item that the shop does not have.'),
  UPGRADE_REFUSED: is(426, 'There are no WebSockets: subscriptions come by Server-Sent Events.'),
  UPLOAD_CUT_OFF: is(400, 'The upload ended too early.'),
  UPLOAD_TOO_SLOW: is(408, 'The upload took too long.'),
  WANTS_EVENT_STREAM: is(400, 'A subscription must be sent with "Accept: text/event-stream".'),
  WEBHOOK_DISABLED: is(400, 'The webhook endpoint is switched off.'),
} as const satisfies Record<string, CodeInfo>;

export type ErrorCodeName = keyof typeof ERROR_CODES;
