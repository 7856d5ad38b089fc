import { Field, Float, Int, ObjectType } from 'type-graphql';
import { facetFields } from '../catalogue/items/filter-fields.ts';
import { ValueCount } from '../catalogue/items/value-count.type.ts';
import { listCost } from '../graphql/cost.ts';
import type { MatchCount as Counted, Facets as CountedFacets } from './facets.ts';

@ObjectType({ description: 'The values of one attribute.' })
export class AttributeFacet {
  @Field(() => String, { description: 'As in Item.attributes.' })
  name!: string;

  @Field(() => [ValueCount], { complexity: listCost(), description: 'The most frequent first, at most 50.' })
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
export class SimilarFacets extends facetFields() {
  @Field(() => [AttributeFacet], {
    complexity: listCost(),
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

export function toFacets({ attributes, ...facets }: CountedFacets): SimilarFacets {
  return { ...facets, attributes: attributes.map(({ name, values }) => ({ name, values: [...values] })) };
}
