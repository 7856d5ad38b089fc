import { InvalidInputError } from '../errors/errors.ts';
import type { TargetId } from './target.sql.ts';

export interface SimilarTo {
  readonly garmentId?: string | null | undefined;
  readonly itemId?: string | null | undefined;
}

/** Throws InvalidInputError unless exactly one is given. */
export function checkTarget({ garmentId, itemId }: SimilarTo, field = 'to'): TargetId {
  if (typeof garmentId === 'string' && typeof itemId !== 'string') {
    return { kind: 'garment', id: garmentId.toLowerCase() };
  }
  if (typeof itemId === 'string' && typeof garmentId !== 'string') return { kind: 'item', id: itemId };
  throw new InvalidInputError('Give either a garmentId or an itemId.', { field });
}
