/**
 * The filters with a list of values to choose from, one declaration each. The filter input and its validation, cursors,
 * SQL, facets and the pages' controls are derived from it. docs/adding.md says what else a new one needs.
 */

import { type ClassType, Field, InputType, ObjectType } from 'type-graphql';
import { listCost } from '../../graphql/cost.ts';
import { Availability } from '../../vocabulary/availability.ts';
import { Category } from '../../vocabulary/category.ts';
import { textKey } from '../../vocabulary/fold.ts';
import { Sleeve } from '../../vocabulary/sleeve.ts';
import { COLOURS, PATTERNS, type SleeveName } from '../../vocabulary/taxonomy.ts';
import { LIMITS } from '../limits.ts';
import { patternKeys } from './attribute-keys.ts';
import { colourKeys } from './colour-keys.ts';
import {
  AvailabilityValueCount,
  CategoryValueCount,
  SleeveValueCount,
  ValueCount,
} from './value-count.type.ts';

export interface FilterField<Name extends string = string, Value extends string | number = string | number> {
  /** Its name in ItemFilter and in facets. */
  readonly name: Name;
  /** Its name in the address of a page. */
  readonly parameter: string;
  /** Title of the menu on the pages; null if they have a special control for it. */
  readonly label: string | null;
  /** The feed's column, by which rules name it as an attribute; null if they have a target of its own. */
  readonly attribute: string | null;
  /** GraphQL type of a value. */
  readonly type: () => object;
  /** GraphQL type of a counted value. */
  readonly counted: () => ClassType<{ value: Value; count: number }>;
  /** SQL over `items i` of what values are compared with: any of these. Stored and indexed with the shop. */
  readonly keys: readonly string[];
  readonly sqlType: 'text' | 'smallint';
  /** SQL over `items i` of the value to display for one of the keys. */
  readonly shown: (key: string) => string;
  /** What a value is compared as. */
  readonly toKeys: (value: Value) => readonly (string | number)[];
  /** Parses a value from the text of a key or of `shown`. */
  readonly read: (text: string) => Value;
  /** Description of the filter. */
  readonly description: string;
  /** Description of the facet. */
  readonly facet: string;
}

const BOUNDS = `At most 50 values of at most ${LIMITS.fieldLength} characters; the first 200 are compared.`;

const field = <Name extends string, Value extends string | number>(declared: FilterField<Name, Value>) =>
  declared;

/** A text column of the feed. */
function textField<Name extends string>(
  declared: Pick<FilterField<Name>, 'name' | 'parameter' | 'label' | 'keys' | 'shown'> &
    Partial<Pick<FilterField<Name, string>, 'attribute' | 'facet' | 'description' | 'toKeys'>>,
): FilterField<Name, string> {
  return {
    attribute: null,
    facet: 'The 50 most frequent values, most frequent first.',
    description: `Any of these, whatever their case and accents. ${BOUNDS}`,
    toKeys: (value) => [textKey(value)],
    ...declared,
    type: () => String,
    counted: () => ValueCount,
    sqlType: 'text',
    read: (text) => text,
  };
}

export const FILTER_FIELDS = [
  field({
    name: 'categories',
    parameter: 'category',
    label: 'Category',
    attribute: null,
    type: () => Category,
    counted: () => CategoryValueCount,
    keys: ['i.category'],
    sqlType: 'smallint',
    shown: () => 'i.category::text',
    toKeys: (value) => [value],
    read: (text) => Number(text) as Category,
    description: "Any of these. The feed's category counts, or the detected one where the feed names none.",
    facet: 'Most frequent first.',
  }),
  textField({
    name: 'colors',
    parameter: 'color',
    label: 'Colour',
    attribute: 'color',
    keys: ['i.color_key', 'i.color_key_2', 'i.color_key_3'],
    // The feed's own spelling, unless it is one of the 13 or one of several.
    shown: (key) =>
      `case when ${key} = any('{${COLOURS.join()}}') or i.color_key_2 is not null then ${key}
         else coalesce(i.color, ${key}) end`,
    toKeys: colourKeys,
    description:
      'Any of these. What the feed calls its colours is compared by the 13 of `Colour`: "red" finds "Bordeaux/Black". ' +
      'Other words, as in other languages, are compared as they are, whatever their case and accents. ' +
      BOUNDS,
    facet:
      "The 50 most frequent colours, most frequent first: the feed's, as one of the 13 of `Colour` where it names one. " +
      'Items without one count by their detected colour.',
  }),
  textField({
    name: 'brands',
    parameter: 'brand',
    label: 'Brand',
    keys: ['i.brand_key'],
    shown: () => 'i.brand',
  }),
  textField({
    name: 'sizes',
    parameter: 'size',
    label: 'Size',
    attribute: 'size',
    keys: ['i.size_key'],
    shown: () => 'i.size',
  }),
  textField({
    name: 'genders',
    parameter: 'gender',
    label: 'For',
    attribute: 'gender',
    keys: ['i.gender_key'],
    shown: () => 'i.gender',
  }),
  textField({
    name: 'ageGroups',
    parameter: 'age',
    label: 'Age',
    attribute: 'age_group',
    keys: ['i.age_group_key'],
    shown: () => 'i.age_group',
  }),
  textField({
    name: 'patterns',
    parameter: 'pattern',
    label: 'Pattern',
    attribute: 'pattern',
    keys: ['i.pattern_key'],
    shown: (key) =>
      `case when ${key} = any('{${PATTERNS.join()}}') then ${key} else coalesce(i.attributes ->> 'pattern', ${key}) end`,
    toKeys: patternKeys,
    description:
      'Any of these. What the feed says in its column `pattern` or its title is compared by the six of `Pattern`: ' +
      '"striped" finds "Pinstripe". Other words are compared as they are, whatever their case and accents. ' +
      BOUNDS,
    facet:
      "The 50 most frequent patterns, most frequent first: the feed's, as one of the six of `Pattern` where it names one. " +
      'Items without one count by what the model sees, where it is sure.',
  }),
  field({
    name: 'sleeves',
    parameter: 'sleeve',
    label: 'Sleeves',
    attribute: null,
    type: () => Sleeve,
    counted: () => SleeveValueCount,
    keys: ['i.sleeve_key'],
    sqlType: 'text',
    shown: (key) => key,
    toKeys: (value) => [value],
    read: (text) => text as SleeveName,
    description: "Any of these. The feed's word counts, or what the category says where the feed names none.",
    facet: 'Most frequent first. Items whose category says nothing of sleeves are left out.',
  }),
  field({
    name: 'availability',
    parameter: 'availability',
    label: null,
    attribute: null,
    type: () => Availability,
    counted: () => AvailabilityValueCount,
    keys: ['i.availability'],
    sqlType: 'text',
    shown: () => 'i.availability',
    toKeys: (value) => [value],
    read: (text) => text as Availability,
    description: 'Any of these.',
    facet: 'Most frequent first.',
  }),
] as const;

/** The filter of this name. */
export function filterField(name: FilterName): FilterField {
  return FILTER_FIELDS.find((field) => field.name === name) as FilterField;
}

type Declared = (typeof FILTER_FIELDS)[number];
export type FilterName = Declared['name'];
type ValueOf<Name extends FilterName> = ReturnType<Extract<Declared, { name: Name }>['read']>;

/** The filter's fields in ItemFilter. A missing or empty list does not filter. */
export type ChosenValues = { [Name in FilterName]?: ValueOf<Name>[] | null | undefined };
/** The number of items with each value, per field. */
export type CountedValues = { [Name in FilterName]: { value: ValueOf<Name>; count: number }[] };

/** A base class for an input with a field for each filter. */
export function chosenFields(): ClassType<ChosenValues> {
  @InputType()
  class Fields {}
  for (const { name, type, description } of FILTER_FIELDS) {
    Field(() => [type()], { nullable: true, description })(Fields.prototype, name);
  }
  return Fields as ClassType<ChosenValues>;
}

/** A base class for an object with a facet for each filter. */
export function facetFields(): ClassType<CountedValues> {
  @ObjectType()
  class Fields {}
  for (const { name, counted, facet } of FILTER_FIELDS) {
    Field(() => [counted()], { complexity: listCost(), description: facet })(Fields.prototype, name);
  }
  return Fields as ClassType<CountedValues>;
}

/** The chosen values as text, per field; fields without any are left out. */
export function chosenValues(
  filter: ChosenValues,
): { field: FilterField; values: readonly (string | number)[] }[] {
  return FILTER_FIELDS.flatMap((field) => {
    const values = filter[field.name] ?? [];
    return values.length > 0 ? [{ field: field as FilterField, values }] : [];
  });
}
