import type { Role } from '@/lib/api/generated/graphql.ts';

export interface Section {
  address: string;
  name: string;
  /** What the page is for. */
  purpose: string;
  adminOnly?: boolean;
}

const SECTIONS: Section[] = [
  { address: '/manage', name: 'Overview', purpose: 'The shop at a glance.' },
  {
    address: '/manage/insights',
    name: 'Insights',
    purpose: 'What shoppers search with, what they find and miss, and what they do with it.',
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
    address: '/manage/keys',
    name: 'Keys',
    purpose: 'Let people, programs and widgets in, and out again.',
    adminOnly: true,
  },
];

export function sectionsFor(role: Role): Section[] {
  return SECTIONS.filter(({ adminOnly }) => !adminOnly || role === 'ADMIN');
}

export const ROLE_NAMES: Record<Role, string> = {
  ANONYMOUS: 'nobody',
  WIDGET: 'widget',
  MERCHANDISER: 'merchandiser',
  ADMIN: 'admin',
};
