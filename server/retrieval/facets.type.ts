import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Availability } from '../vocabulary/availability.ts';
import { Category } from '../vocabulary/category.ts';
import type { MatchCount as Counted, Facets as CountedFacets, FacetValue } from './facets.ts';

@ObjectType({ description: 'A value that matches have, and how many of them.' })
export class ValueCount {
  @Field(() => String, { description: 'In the spelling that most of them have.' })
  value!: string;

  @Field(() => Int, { description: 'How many matches have it.' })
  count!: number;
}

@ObjectType({ description: 'A category that matches are of, and how many of them.' })
export class CategoryValueCount {
  @Field(() => Category, { description: "The feed's category where it names one, else the garment's own." })
  value!: Category;

  @Field(() => Int, { description: 'How many matches are of it.' })
  count!: number;
}

@ObjectType({ description: 'Whether matches can be bought, and how many of them.' })
export class AvailabilityValueCount {
  @Field(() => Availability, { description: "The feed's word." })
  value!: Availability;

  @Field(() => Int, { description: 'How many matches are so.' })
  count!: number;
}

@ObjectType({ description: 'The values of one attribute.' })
export class AttributeFacet {
  @Field(() => String, { description: 'As in Item.attributes.' })
  name!: string;

  @Field(() => [ValueCount], { description: 'The most frequent first, at most 50.' })
  values!: ValueCount[];
}

@ObjectType({ description: "What matches cost now, in major units of the shop's currency." })
export class PriceRange {
  @Field(() => Float, { description: 'The cheapest.' })
  min!: number;

  @Field(() => Float, { description: 'The dearest.' })
  max!: number;
}

@ObjectType({
  description:
    'What the matches of all pages have, for a shopper to choose by. Each facet is counted with all filters but its ' +
    'own, over the 1,000 nearest matches at most, and none below the cutoff.',
})
export class SimilarFacets {
  @Field(() => [CategoryValueCount], { description: 'The most frequent first.' })
  categories!: CategoryValueCount[];

  @Field(() => [ValueCount], {
    description:
      "The feed's colours, and of items without one the garments' own; the most frequent first, at most 50.",
  })
  colors!: ValueCount[];

  @Field(() => [ValueCount], { description: 'The most frequent first, at most 50.' })
  brands!: ValueCount[];

  @Field(() => [AvailabilityValueCount], { description: 'The most frequent first.' })
  availability!: AvailabilityValueCount[];

  @Field(() => [AttributeFacet], {
    description: 'Those that are chosen by, then those that most matches have; at most 20.',
  })
  attributes!: AttributeFacet[];

  @Field(() => PriceRange, {
    nullable: true,
    description: "Null where none has a price in the shop's currency.",
  })
  price!: PriceRange | null;

  @Field(() => Int, { description: 'How many matches were counted under all filters, at most 1,000.' })
  counted!: number;

  @Field(() => Boolean, { description: 'Whether there are more matches than were counted, for any facet.' })
  approximate!: boolean;
}

@ObjectType({ description: 'How many matches there are over all pages.' })
export class MatchCount implements Counted {
  @Field(() => Int, { description: 'At most 1,000.' })
  count!: number;

  @Field(() => Boolean, { description: 'Whether there are more than that.' })
  approximate!: boolean;
}

export function toFacets({ categories, availability, ...facets }: CountedFacets): SimilarFacets {
  const typed = <T>(values: readonly FacetValue[], read: (value: string) => T) =>
    values.map(({ value, count }) => ({ value: read(value), count }));
  return {
    ...facets,
    categories: typed(categories, (value) => Number(value) as Category),
    availability: typed(availability, (value) => value as Availability),
    colors: [...facets.colors],
    brands: [...facets.brands],
    attributes: facets.attributes.map(({ name, values }) => ({ name, values: [...values] })),
  };
}
