import { Field, Float, InputType } from 'type-graphql';
import { InvalidInputError } from '../../errors/errors.ts';
import { foldText } from '../../vocabulary/fold.ts';
import { limitInMinor } from '../../vocabulary/money.ts';
import { LIMITS } from '../limits.ts';
import { chosenFields, chosenValues } from './filter-fields.ts';
import { priceMeets } from './price-now.ts';

const MAX_VALUES = 50;
const MAX_ATTRIBUTES = 10;
const MAX_WORDS = 20;
const MAX_WORDS_LENGTH = 200;
/** Far above any price, while its minor units are still exact numbers. */
const MAX_PRICE = 1e9;

@InputType({ description: 'Selects items whose attribute of this name has one of these values.' })
export class AttributeFilter {
  @Field(() => String, { description: 'As in `ItemAttribute.name`.' })
  name!: string;

  @Field(() => [String], {
    description: 'Any of these, whatever their case and accents. An empty list selects everything.',
  })
  values!: string[];
}

@InputType({
  description:
    'Selects items that meet every given field. Several values of one field are alternatives; an empty ' +
    'list selects everything.',
})
export class ItemFilter extends chosenFields() {
  @Field(() => Float, {
    nullable: true,
    description: "Lowest current price, in major units of the shop's currency, such as 19.90.",
  })
  minPrice?: number | null | undefined;

  @Field(() => Float, {
    nullable: true,
    description: "Highest current price, in major units of the shop's currency.",
  })
  maxPrice?: number | null | undefined;

  @Field(() => [AttributeFilter], {
    nullable: true,
    description: `Further attributes, at most ${MAX_ATTRIBUTES}. An item must match all of them.`,
  })
  attributes?: AttributeFilter[] | null | undefined;

  @Field(() => String, {
    nullable: true,
    description:
      'Words that the title must contain: all of them, in any order, whatever their case and accents. The last one ' +
      'may be the beginning of a word.',
  })
  words?: string | null | undefined;
}

/** Throws InvalidInputError if a list is too long or a price is invalid. */
export function checkFilter(filter: ItemFilter | null | undefined): ItemFilter {
  for (const { field, values } of chosenValues(filter ?? {})) checkValues(field.name, values);
  const attributes = filter?.attributes ?? [];
  if (attributes.length > MAX_ATTRIBUTES)
    throw invalid('attributes', `may have at most ${MAX_ATTRIBUTES} entries`);
  for (const { name, values } of attributes) checkValues('attributes', [name, ...values]);
  const words = filter?.words ?? '';
  if (words.length > MAX_WORDS_LENGTH)
    throw invalid('words', `may have at most ${MAX_WORDS_LENGTH} characters`);
  if (wordsOf(words).length > MAX_WORDS) throw invalid('words', `may have at most ${MAX_WORDS} words`);
  for (const field of ['minPrice', 'maxPrice'] as const) {
    const price = filter?.[field] ?? 0;
    if (!(price >= 0 && price <= MAX_PRICE)) throw invalid(field, `must be from 0 to ${MAX_PRICE}`);
  }
  return filter ?? {};
}

function checkValues(field: string, values: readonly (string | number)[]): void {
  if (values.length > MAX_VALUES) throw invalid(field, `may have at most ${MAX_VALUES} values`);
  if (values.some((value) => typeof value === 'string' && value.length > LIMITS.fieldLength)) {
    throw invalid(field, `may have values of at most ${LIMITS.fieldLength} characters`);
  }
}

/** Normalises the filter, so that filters with one meaning share a cursor's scope. */
export function filterKey(filter: ItemFilter): unknown[] {
  const sorted = (values: readonly (string | number)[]) =>
    values.map((value) => foldText(String(value))).sort();
  const { minPrice, maxPrice } = filter;
  const attributes = (filter.attributes ?? [])
    .filter(({ values }) => values.length > 0)
    .map(({ name, values }) => JSON.stringify([foldText(name), sorted(values)]))
    .sort();
  return [
    chosenValues(filter).map(({ field, values }) => [field.name, sorted(values)]),
    minPrice ?? null,
    maxPrice ?? null,
    attributes,
    foldText(wordsOf(filter.words).join(' ')),
  ];
}

/** Makes a condition over `items i` from a text search; `query` returns its SQL. */
export type TermsCondition = (query: () => string) => string;

/** Uses the index, however many items contain the terms. */
const lookUp: TermsCondition = (query) => `i.id in (select items_with_terms(${query()}, 2147483647))`;

/**
 * The filter as SQL conditions over `items i`. `bind` takes a value and returns its placeholder. If the feed gives an
 * item's category and colour, they override the model's. An empty list does not filter.
 */
export function filterConditions(
  filter: ItemFilter,
  shopCurrency: string,
  bind: (value: unknown) => string,
  ofTerms = lookUp,
): string[] {
  const { minPrice, maxPrice } = filter;
  const conditions = chosenValues(filter).map(({ field: { keys, sqlType, toKeys }, values }) => {
    const compared = bind([...new Set(values.flatMap(toKeys))]);
    const any = keys.map((key) => `${key} = any(${compared}::${sqlType}[])`);
    return any.length > 1 ? `(${any.join(' or ')})` : any[0]!;
  });
  if (hasTerms(filter)) conditions.push(ofTerms(() => termsQuery(filter, bind)));
  const bounds = [
    ...(typeof minPrice === 'number'
      ? [`>= ${bind(limitInMinor(minPrice, shopCurrency, 'least'))}::bigint`]
      : []),
    ...(typeof maxPrice === 'number'
      ? [`<= ${bind(limitInMinor(maxPrice, shopCurrency, 'most'))}::bigint`]
      : []),
  ];
  if (bounds.length > 0) {
    conditions.push(priceMeets((price) => bounds.map((bound) => `${price} ${bound}`).join(' and ')));
    // Prices in other currencies cannot be compared.
    conditions.push(`coalesce(i.currency, ${bind(shopCurrency)}) = ${bind(shopCurrency)}`);
  }
  return conditions;
}

const named = ({ values }: AttributeFilter) => values.length > 0;

/** Whether the filter has words or attributes to search for. */
export function hasTerms({ words, attributes }: ItemFilter): boolean {
  return wordsOf(words).length > 0 || (attributes ?? []).some(named);
}

/** The filter's words and attributes (there must be some) as SQL of a text search in `items.terms`. */
export function termsQuery({ words, attributes }: ItemFilter, bind: (value: unknown) => string): string {
  const quoted = wordsOf(words).map((word) => quote(foldText(word).replace(/['\\]/g, ' ')));
  const lexemes = (attributes ?? []).filter(named).map(({ name, values }) => {
    const forms = values.map((value) => foldText(` ${name}=${value}`));
    return `(${[...new Set(forms)].map(quote).join(' | ')})`;
  });
  const queries = [
    ...(quoted.length > 0 ? [`to_tsquery('simple', ${bind(`${quoted.join(' & ')}:*`)}::text)`] : []),
    ...(lexemes.length > 0 ? [`${bind(lexemes.join(' & '))}::tsquery`] : []),
  ];
  return queries.length > 0 ? `(${queries.join(' && ')})` : `''::tsquery`;
}

/** A text as a single lexeme, whatever punctuation it contains. */
function quote(text: string): string {
  return `'${text.replace(/['\\]/g, (mark) => mark + mark)}'`;
}

/**
 * Punctuation alone is not a word: it would match nothing. What may stand between words without a space separates them;
 * other marks, as in "t-shirt", join their words to a phrase.
 */
function wordsOf(words: string | null | undefined): string[] {
  return (words ?? '').split(/[\s|&,;]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

function invalid(field: string, what: string): InvalidInputError {
  return new InvalidInputError(`${field} ${what}.`, { field: `filter.${field}` });
}
