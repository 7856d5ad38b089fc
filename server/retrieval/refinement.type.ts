import { Field, InputType, ObjectType } from 'type-graphql';
import { listCost } from '../graphql/cost.ts';
import { Category } from '../vocabulary/category.ts';
import { Colour } from '../vocabulary/colour.ts';
import type { ColourName } from '../vocabulary/taxonomy.ts';
import type { InterpretedWords } from './interpret-words.ts';
import type { Refinement as Wanted } from './plan.ts';
import { SimilarTo } from './similar-to.type.ts';

const LIKES = 'At most 10. An item that is still to be parsed has no say.';

@InputType({ description: 'How the matches shall differ from what was asked about.' })
export class Refinement implements Wanted {
  @Field(() => [SimilarTo], { nullable: true, description: `More like these too. ${LIKES}` })
  moreLike?: SimilarTo[] | null;

  @Field(() => [SimilarTo], {
    nullable: true,
    description: `Less like these; items among them are not listed. ${LIKES}`,
  })
  lessLike?: SimilarTo[] | null;

  @Field(() => Category, { nullable: true, description: 'The same look as another category.' })
  category?: Category | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What shall be different, in English, at most 200 characters: "this but in blue", "as a skirt", ' +
      '"with pockets". How it was understood is in the interpretation.',
  })
  words?: string | null;
}

@ObjectType({ description: 'How the words of a refinement were understood.' })
export class Interpretation implements InterpretedWords {
  @Field(() => [Colour], { complexity: listCost(), description: 'Searched for in place of the own colour.' })
  colours!: readonly ColourName[];

  @Field(() => [Category], { complexity: listCost(), description: 'Of which matches must be one.' })
  categories!: readonly Category[];

  @Field(() => [String], { complexity: listCost(), description: "Words that an item's title must have." })
  titleWords!: readonly string[];

  @Field(() => [String], { complexity: listCost(), description: 'Read and left aside, such as "not red".' })
  ignored!: readonly string[];
}
