import type { Look, LookSource, NoOutfitReason } from '@/lib/api/looks.ts';

export const SOURCES: Record<LookSource, string> = {
  STUDIO: 'Made by hand',
  FEED: 'From the feed',
  API: 'From the API',
};

/** What to call a look that has no name. */
export function nameOf({ name, items }: Pick<Look, 'name' | 'items'>): string {
  if (name) return name;
  const [first] = items;
  return first ? `Look with ${first.title}` : 'Look without a name';
}

export function lookAddress(id: string): string {
  return `/manage/looks/edit?look=${encodeURIComponent(id)}`;
}

export function newLookAddress(itemId: string): string {
  return `/manage/looks/new?item=${encodeURIComponent(itemId)}`;
}

interface Reason {
  name: string;
  /** What would help, for all items with this reason. */
  help: string;
  link: { name: string; address: string };
}

/** In the order in which the server tries them. */
export const REASONS: Record<NoOutfitReason, Reason> = {
  NOT_READY: {
    name: 'Not read yet',
    help: 'Wait until the import is done. What failed can be tried again on the import’s page.',
    link: { name: 'To the imports', address: '/manage/imports' },
  },
  NO_GARMENT: {
    name: 'Nothing to match',
    help: 'Nothing in their pictures is a garment for sale. Choose it by hand on the item’s page, or make a slot for goods of their kind, such as shoes.',
    link: { name: 'To the slots', address: '/manage/looks/slots' },
  },
  NO_SLOT: {
    name: 'In no slot',
    help: 'They are neither tops, bottoms, dresses nor outer layers. A slot of your own, such as shoes, takes them in.',
    link: { name: 'To the slots', address: '/manage/looks/slots' },
  },
  OUT_OF_STOCK: {
    name: 'Sold out',
    help: 'They come back with the next feed that has them in stock.',
    link: { name: 'To the imports', address: '/manage/imports' },
  },
  EXCLUDED: {
    name: 'Excluded by a rule',
    help: 'A rule keeps them out of all searches. Remove it, or let it end.',
    link: { name: 'To the rules', address: '/manage/rules' },
  },
  IN_NO_LOOK: {
    name: 'In no look',
    help: 'Outfits are made up with them, but you have put them into no look of your own.',
    link: { name: 'Make a look', address: '/manage/looks/new' },
  },
};
