import type { Tone } from '@/components/ui/badge.tsx';
import type { Rule, RuleKind, RuleState, RuleStrength } from '@/lib/api/rules.ts';
import { CATEGORY_NAMES } from '@/lib/categories.ts';
import { formatTime } from '@/lib/format.ts';

export const KINDS: Record<RuleKind, { name: string; does: string }> = {
  PIN: { name: 'Pin', does: 'shows it at a place of its own' },
  BOOST: { name: 'Boost', does: 'shows it further up' },
  BURY: { name: 'Bury', does: 'shows it further down' },
  EXCLUDE: { name: 'Exclude', does: 'never shows it' },
};

export const STRENGTHS: Record<RuleStrength, string> = {
  WEAK: 'A little',
  NORMAL: 'Clearly',
  STRONG: 'A lot',
};

export const STATES: Record<RuleState, { name: string; tone: Tone }> = {
  ACTIVE: { name: 'Active', tone: 'good' },
  SCHEDULED: { name: 'Scheduled', tone: 'plain' },
  ENDED: { name: 'Ended', tone: 'soft' },
  REMOVED: { name: 'Removed', tone: 'soft' },
};

/** What a rule applies to, in words. */
export function targetOf({ target }: Rule): string {
  if (target.item) return target.item.title;
  if (target.itemId) return `Item ${target.itemId}, which the shop has no more`;
  if (target.category) return CATEGORY_NAMES[target.category];
  if (target.brand) return target.brand;
  return target.attribute ? `${target.attribute.name}: ${target.attribute.value}` : '';
}

/** What a rule does, in up to three words: `Pin at place 2`. */
export function deedOf({ kind, position, strength }: Rule): string {
  const { name } = KINDS[kind];
  if (kind === 'PIN') return `${name} at place ${position}`;
  return strength && strength !== 'NORMAL' ? `${name} ${STRENGTHS[strength].toLowerCase()}` : name;
}

/** Where and when the rule applies. */
export function boundsOf({ searchCategories, startsAt, endsAt }: Rule): string {
  return [
    searchCategories === null || searchCategories === undefined
      ? 'in all searches'
      : `in searches for ${searchCategories
          .map((category) => CATEGORY_NAMES[category])
          .join(', ')
          .toLowerCase()}`,
    startsAt && `from ${formatTime(startsAt)}`,
    endsAt && `until ${formatTime(endsAt)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
