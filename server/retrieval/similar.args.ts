import { ArgsType, Field, Float } from 'type-graphql';
import { ItemPageArgs } from '../catalogue/items/page.args.ts';
import { Refinement } from './refinement.type.ts';
import { SimilarSort } from './sorting/sort.type.ts';

/** The arguments of every list of similar items. */
@ArgsType()
export class SimilarArgs extends ItemPageArgs {
  @Field(() => Float, {
    nullable: true,
    description:
      "Lowest score to list, 0 to 1; 0 lists everything. If omitted, the model's cutoff for the category " +
      'searched for.',
  })
  minScore?: number | null;

  @Field(() => Refinement, { nullable: true, description: 'How the matches should differ.' })
  refine?: Refinement | null;

  @Field(() => SimilarSort, { defaultValue: 'closest', description: 'Order of the matches.' })
  sort!: SimilarSort;

  @Field(() => Boolean, {
    defaultValue: true,
    description:
      'List only the best match of each item group, such as one cut in several colours, and none of the group of the item ' +
      'that was asked about.',
  })
  collapseVariants!: boolean;
}
