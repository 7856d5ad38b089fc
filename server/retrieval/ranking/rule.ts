import type { Category } from '../../vocabulary/category.ts';

/** What a rule does, as stored in the database. */
export type Kind = 'pin' | 'boost' | 'bury' | 'exclude';
export type Strength = 'weak' | 'normal' | 'strong';

export interface Target {
  readonly itemId: string | null;
  readonly category: Category | null;
  readonly brand: string | null;
  readonly attributeName: string | null;
  readonly attributeValue: string | null;
}

/** A rule as a search needs it. */
export interface ActiveRule extends Target {
  readonly id: string;
  readonly kind: Kind;
  /** Of a pin: counted over the whole list, from 1. */
  readonly position: number | null;
  readonly strength: Strength | null;
  readonly includeOutOfStock: boolean;
  /** The categories of garment whose searches it applies to; null for all searches. */
  readonly searchCategories: readonly Category[] | null;
}

/** The latest version of a stored rule. */
export interface RuleRow extends ActiveRule {
  readonly version: number;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly note: string | null;
  readonly createdAt: Date;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
  readonly state: 'active' | 'scheduled' | 'ended' | 'removed';
}

/** What a merchandiser sets. */
export type RuleValues = Omit<ActiveRule, 'id'> & Pick<RuleRow, 'startsAt' | 'endsAt' | 'note'>;

/**
 * Boosts lower the cosine distance that an item is ordered by and buries raise it, in whole steps. Several rules on one
 * item add up, but never beyond one strong rule: so at most seven sums are possible.
 */
export const STEP = 0.06;
export const STEPS: Readonly<Record<Strength, number>> = { weak: 1, normal: 2, strong: 3 };
export const MOST_STEPS = STEPS.strong;

export const MAX_RULES = 500;
export const MAX_POSITION = 24;
/** Pins that one search shows. */
export const MAX_PINS = 24;

/** Steps that a rule adds to an item's distance; negative for a boost. */
export function stepsOf({ kind, strength }: Pick<ActiveRule, 'kind' | 'strength'>): number {
  if (!strength) return 0;
  return kind === 'boost' ? -STEPS[strength] : STEPS[strength];
}

/** Whether the rule applies to a search for a garment of any of these categories. */
export function appliesTo({ searchCategories }: ActiveRule, searched: readonly Category[]): boolean {
  return searchCategories === null || searched.some((category) => searchCategories.includes(category));
}
