import type { Role } from '@/lib/api/generated/graphql.ts';

export interface Section {
  address: string;
  name: string;
  /** What the page is for. */
  purpose: string;
  adminOnly?: boolean;
}

export interface SectionGroup {
  /** Null for what stands above all groups. */
  name: string | null;
  sections: Section[];
}

const GROUPS: SectionGroup[] = [
  {
    name: null,
    sections: [
      { address: '/manage', name: 'Overview', purpose: 'The shop at a glance.' },
      {
        address: '/manage/insights',
        name: 'Insights',
        purpose: 'What shoppers search with, what they find and miss, and what they do with it.',
      },
    ],
  },
  {
    name: 'Catalogue',
    sections: [
      {
        address: '/manage/items',
        name: 'Items',
        purpose: 'Find items, see what was read in their pictures, put them right, and take the list away.',
      },
      {
        address: '/manage/imports',
        name: 'Imports',
        purpose: 'Bring a feed in, watch it being read, and see which rows were left out and why.',
      },
      {
        address: '/manage/duplicates',
        name: 'Duplicates',
        purpose: 'Items that show the same picture, side by side.',
      },
    ],
  },
  {
    name: 'Searches',
    sections: [
      {
        address: '/manage/similar',
        name: 'Similar items',
        purpose: 'Search with an item or a photo, with the rules off and on.',
      },
      {
        address: '/manage/rules',
        name: 'Rules',
        purpose: 'Pin, boost, bury or exclude items, and see before and after.',
      },
      {
        address: '/manage/looks',
        name: 'Looks',
        purpose: 'Items shown together, the slots of an outfit, and what is in no outfit.',
      },
    ],
  },
  {
    name: 'System',
    sections: [
      {
        address: '/manage/health',
        name: 'Health',
        purpose: 'How well searches do: recall of the index, its size and age, the queue.',
      },
      {
        address: '/manage/models',
        name: 'Models',
        purpose: 'Compare a new model with the one in use, switch, and roll back.',
      },
      {
        address: '/manage/webhooks',
        name: 'Webhooks',
        purpose: 'Tell your own systems of finished imports, failed items and new models.',
      },
      {
        address: '/manage/widgets',
        name: 'Widgets',
        purpose: 'Put similar items, outfits and the photo search on the shop’s own pages.',
      },
      {
        address: '/manage/keys',
        name: 'Keys',
        purpose: 'Let people, programs and widgets in, and out again.',
        adminOnly: true,
      },
    ],
  },
];

export function sectionsFor(role: Role): SectionGroup[] {
  return GROUPS.map(({ name, sections }) => ({
    name,
    sections: sections.filter(({ adminOnly }) => !adminOnly || role === 'ADMIN'),
  }));
}

export const ROLE_NAMES: Record<Role, string> = {
  ANONYMOUS: 'nobody',
  WIDGET: 'widget',
  MERCHANDISER: 'merchandiser',
  ADMIN: 'admin',
};
