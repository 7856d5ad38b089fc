import { registerEnumType } from 'type-graphql';
import type { Category } from './category.ts';
import { own } from './own.ts';
import { CATEGORIES, type SleeveName } from './taxonomy.ts';

export const Sleeve = {
  SHORT: 'short',
  LONG: 'long',
  SLEEVELESS: 'sleeveless',
  STRAPS: 'straps',
} as const satisfies Record<Uppercase<SleeveName>, SleeveName>;

registerEnumType(Sleeve, {
  name: 'Sleeve',
  description: 'Sleeves of a garment.',
  valuesConfig: { STRAPS: { description: 'Thin straps.' } },
});

const OF_WORD: Readonly<Record<string, SleeveName>> = {
  short: 'short',
  long: 'long',
  vest: 'sleeveless',
  sling: 'straps',
};

/** The sleeves that a category tells of; null for what has none. The column `items.sleeve_key` has the same by number. */
export function sleeveOf(category: Category | null): SleeveName | null {
  const name = category === null ? '' : CATEGORIES[category - 1]!;
  return own(OF_WORD, name.split(' ')[0] ?? '') ?? null;
}
