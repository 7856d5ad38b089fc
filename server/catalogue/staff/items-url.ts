import { createHash } from 'node:crypto';
import { InvalidInputError } from '../../errors/errors.ts';
import { makeSignedLinks } from '../../http/signed-links.ts';
import type { StaffFilter } from './staff-filter.type.ts';

/** Longer addresses are refused on the way by some. */
const MAX_LENGTH = 4000;

/** Links to lists of items as CSV. */
export interface ItemLinks {
  /** Throws InvalidInputError if the filter is too long for an address. */
  csvUrl(shopId: string, filter: StaffFilter): string;
  /** The shop and the filter of a recent link that was signed here; otherwise null. */
  read(query: Readonly<Record<string, unknown>>): { shopId: string; filter: StaffFilter } | null;
}

export function makeItemLinks(secret: Buffer, now: () => number = Date.now): ItemLinks {
  const links = makeSignedLinks(secret, 'items.csv', now);
  const name = (text: string) => createHash('sha256').update(text).digest('hex');
  return {
    csvUrl(shopId, filter) {
      const text = JSON.stringify(filter);
      if (encodeURIComponent(text).length > MAX_LENGTH) {
        throw new InvalidInputError('This filter is too long for a link.', { field: 'filter' });
      }
      return `/catalogue/items.csv?${new URLSearchParams({ filter: text })}&${links.sign(shopId, name(text))}`;
    },
    read(query) {
      const { filter } = query;
      const shopId = typeof filter === 'string' ? links.shopOf(name(filter), query) : null;
      return shopId === null ? null : { shopId, filter: JSON.parse(filter as string) };
    },
  };
}
