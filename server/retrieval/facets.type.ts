import { Field, Float, Int, ObjectType } from 'type-graphql';
import { facetFields } from '../catalogue/items/filter-fields.ts';
import { ValueCount } from '../catalogue/items/value-count.type.ts';
import { listCost } from '../graphql/cost.ts';
import type { MatchCount as Counted, Facets as CountedFacets } from './facets.ts';

@ObjectType({ description: 'Values of one attribute.' })
export class AttributeFacet {
  @Field(() => String, { description: 'As in `ItemAttribute.name`.' })
  name!: string;

  @Field(() => [ValueCount], {
    complexity: listCost(),
    description: 'The 50 most frequent values, most frequent first.',
  })
  values!: ValueCount[];
}

@ObjectType({ description: "Current prices of the matches, in major units of the shop's currency." })
export class PriceRange {
  @Field(() => Float, { description: 'Lowest price.' })
  min!: number;

  @Field(() => Float, { description: 'Highest price.' })
  max!: number;
}

@ObjectType({
  description:
    'Values that all matches can be filtered by. Each facet is counted under every filter except its own, ' +
    'over at most the 1,000 nearest matches above the cutoff.',
})
export class SimilarFacets extends facetFields() {
  @Field(() => [AttributeFacet], {
    complexity: listCost(),
    description: 'Up to 20 attributes: those filtered by first, then the most frequent.',
  })
  attributes!: AttributeFacet[];

  @Field(() => PriceRange, {
    nullable: true,
    description: "Price range. Null if no match has a price in the shop's currency.",
  })
  price!: PriceRange | null;

  @Field(() => Int, { description: 'Number of matches counted under all filters, at most 1,000.' })
  counted!: number;

  @Field(() => Boolean, { description: 'True if any facet has more matches than were counted.' })
  approximate!: boolean;
}

@ObjectType({ description: 'Number of matches over all pages, without pins below the cutoff.' })
export class MatchCount implements Counted {
  @Field(() => Int, { description: 'Number of matches, at most 1,000.' })
  count!: number;

  @Field(() => Boolean, { description: 'True if there are more than `count`.' })
  approximate!: boolean;
}

export function toFacets({ attributes, ...facets }: CountedFacets): SimilarFacets {
  return { ...facets, attributes: attributes.map(({ name, values }) => ({ name, values: [...values] })) };
}
