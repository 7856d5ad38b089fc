import type { Language } from '../api/generated/graphql.ts';

/** The languages that a shop can choose, in the studio's English. */
export const LANGUAGE_NAMES = [
  { language: 'EN', name: 'English' },
  { language: 'DE', name: 'German' },
  { language: 'FR', name: 'French' },
  { language: 'ES', name: 'Spanish' },
] as const satisfies readonly { language: Language; name: string }[];
