/** What is wrong with a row or an item. Listed by `ImportJob.errors`; the codes are part of the API. */
export type FaultCode =
  | 'INVALID_ROW'
  | 'INVALID_ENCODING'
  | 'LINE_TOO_LONG'
  | 'MISSING_FIELD'
  | 'FIELD_TOO_LONG'
  | 'INVALID_FIELD'
  | 'INVALID_PRICE'
  | 'INVALID_SALE'
  | 'INVALID_DATE'
  | 'INVALID_AVAILABILITY'
  | 'INVALID_LINK'
  | 'INVALID_IMAGE_LINK'
  | 'TOO_MANY_IMAGES'
  | 'TOO_MANY_LOOKS'
  | 'TOO_MANY_ROWS'
  | 'DUPLICATE_ID'
  | 'LISTED_LATER'
  | 'IMAGE_NOT_FOUND'
  | 'IMAGE_UNREADABLE'
  | 'IMAGE_TOO_LARGE'
  | 'NOT_MATCHED';

export interface Fault {
  readonly code: FaultCode;
  readonly reason: string;
}

/** A value that was left out of an item, or understood differently from what the feed says. */
export interface RowWarning extends Fault {
  readonly column: string;
}

/** A feed that cannot be read at all: the job fails with this message. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
}

/** The feed has no row that names the columns which every feed must have. */
export class HeaderError extends FeedError {}

/** The feed was to be read until a time that has passed. */
export class OutOfTimeError extends FeedError {}

/** One image of a row is not available: the row is rejected, the others are imported. */
export class RowImageError extends Error {
  override readonly name = 'RowImageError';
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
