import type { ItemFilter } from '@/lib/api/generated/graphql.ts';
import type { Rule, RuleInput, RuleKind, RuleStrength } from '@/lib/api/rules.ts';
import type { Category, ItemCard } from '@/lib/api/shapes.ts';

export type TargetKind = 'item' | 'category' | 'brand' | 'attribute';

/** A rule as entered in the form. */
export interface Draft {
  id: string | null;
  kind: RuleKind;
  targetKind: TargetKind;
  item: ItemCard | null;
  category: Category;
  brand: string;
  attributeName: string;
  attributeValue: string;
  searchCategories: Category[];
  position: string;
  strength: RuleStrength;
  includeOutOfStock: boolean;
  /** In the format of `datetime-local`, in the visitor's time zone; empty for none. */
  startsAt: string;
  endsAt: string;
  /** The exact times of the saved rule: the fields above have neither seconds nor which hour of two alike it is. */
  saved: Times;
  note: string;
}

interface Times {
  startsAt: string | null;
  endsAt: string | null;
}

export const EMPTY: Draft = {
  id: null,
  kind: 'PIN',
  targetKind: 'item',
  item: null,
  category: 'SHORT_SLEEVE_TOP',
  brand: '',
  attributeName: 'color',
  attributeValue: '',
  searchCategories: [],
  position: '1',
  strength: 'NORMAL',
  includeOutOfStock: false,
  startsAt: '',
  endsAt: '',
  saved: { startsAt: null, endsAt: null },
  note: '',
};

export function draftOf({ target, ...rule }: Rule): Draft {
  return {
    id: rule.id,
    kind: rule.kind,
    targetKind: target.category
      ? 'category'
      : target.brand
        ? 'brand'
        : target.attribute
          ? 'attribute'
          : 'item',
    item: target.item,
    category: target.category ?? EMPTY.category,
    brand: target.brand ?? '',
    attributeName: target.attribute?.name ?? EMPTY.attributeName,
    attributeValue: target.attribute?.value ?? '',
    searchCategories: rule.searchCategories ?? [],
    position: String(rule.position ?? 1),
    strength: rule.strength ?? 'NORMAL',
    includeOutOfStock: rule.includeOutOfStock,
    startsAt: toLocal(rule.startsAt),
    endsAt: toLocal(rule.endsAt),
    saved: { startsAt: rule.startsAt ?? null, endsAt: rule.endsAt ?? null },
    note: rule.note ?? '',
  };
}

/** The rule as the API expects it; null if something is missing, which `missing` names. */
export function toInput(draft: Draft): RuleInput | null {
  if (missing(draft)) return null;
  const moves = draft.kind === 'BOOST' || draft.kind === 'BURY';
  return {
    ...(draft.id && { id: draft.id }),
    kind: draft.kind,
    target: targetOf(draft),
    searchCategories: draft.searchCategories.length > 0 ? draft.searchCategories : null,
    position: draft.kind === 'PIN' ? Number(draft.position) : null,
    strength: moves ? draft.strength : null,
    includeOutOfStock: draft.kind === 'PIN' && draft.includeOutOfStock,
    ...timesOf(draft),
    note: draft.note.trim() || null,
  };
}

/** What the draft needs to become a rule, in words. */
export function missing(draft: Draft): string | null {
  if (draft.targetKind === 'item' && !draft.item) return 'Choose the item.';
  if (draft.targetKind === 'brand' && !draft.brand.trim()) return 'Name the brand.';
  if (draft.targetKind === 'attribute' && !(draft.attributeName.trim() && draft.attributeValue.trim())) {
    return 'Name the attribute and its value.';
  }
  const position = Number(draft.position);
  if (draft.kind === 'PIN' && !(Number.isInteger(position) && position >= 1 && position <= 24)) {
    return 'The place of a pin is from 1 to 24.';
  }
  const { startsAt, endsAt } = timesOf(draft);
  if (startsAt && endsAt && Date.parse(startsAt) >= Date.parse(endsAt)) {
    return 'A rule must end later than it starts.';
  }
  return null;
}

function targetOf({
  targetKind,
  item,
  category,
  brand,
  attributeName,
  attributeValue,
}: Draft): RuleInput['target'] {
  if (targetKind === 'category') return { category };
  if (targetKind === 'brand') return { brand: brand.trim() };
  if (targetKind === 'attribute') {
    return { attribute: { name: attributeName.trim(), value: attributeValue.trim() } };
  }
  return { itemId: item?.id ?? '' };
}

/** Columns of a feed that the filter knows by a name of its own. */
const FILTERS: ReadonlyMap<string, 'colors' | 'sizes' | 'genders' | 'ageGroups'> = new Map([
  ['color', 'colors'],
  ['size', 'sizes'],
  ['gender', 'genders'],
  ['age_group', 'ageGroups'],
]);

/** The items of the brand or with the attribute that the draft names; null if it names none. */
export function targetFilter({ targetKind, ...draft }: Draft): ItemFilter | null {
  const brand = draft.brand.trim();
  if (targetKind === 'brand') return brand === '' ? null : { brands: [brand] };
  const [name, value] = [draft.attributeName.trim().toLowerCase(), draft.attributeValue.trim()];
  if (targetKind !== 'attribute' || name === '' || value === '') return null;
  const own = FILTERS.get(name);
  return own ? { [own]: [value] } : { attributes: [{ name, values: [value] }] };
}

function timesOf({ startsAt, endsAt, saved }: Draft): Times {
  return { startsAt: toTime(startsAt, saved.startsAt), endsAt: toTime(endsAt, saved.endsAt) };
}

/** A time that was not changed stays what it is to the millisecond. */
function toTime(local: string, saved: string | null): string | null {
  if (local === toLocal(saved)) return saved;
  return local ? new Date(local).toISOString() : null;
}

function toLocal(time: string | null | undefined): string {
  if (!time) return '';
  const date = new Date(time);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
