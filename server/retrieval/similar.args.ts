import { ArgsType, Field, Float } from 'type-graphql';
import { ItemPageArgs } from '../catalogue/items/page.args.ts';
import { Refinement } from './refinement.type.ts';

/** The arguments of every list of similar items. */
@ArgsType()
export class SimilarArgs extends ItemPageArgs {
  @Field(() => Float, {
    nullable: true,
    description:
      'The score that a match must have, 0 to 1; 0 shows all. Unless it is given, the model says it for the ' +
      'category that is searched for.',
  })
  minScore?: number | null;

  @Field(() => Refinement, { nullable: true, description: 'How the matches shall differ.' })
  refine?: Refinement | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description:
      'Whether of the items of one group, such as one cut in several colours, the best match alone is listed.',
  })
  collapseVariants!: boolean;
}
