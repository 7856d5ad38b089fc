import { Field, Float, InputType, ObjectType } from 'type-graphql';
import { listCost } from '../graphql/cost.ts';
import { Category } from '../vocabulary/category.ts';
import { Colour } from '../vocabulary/colour.ts';
import { Pattern } from '../vocabulary/pattern.ts';
import type { ColourName, PatternName } from '../vocabulary/taxonomy.ts';
import type { Interpreted, Refinement as Wanted } from './plan.ts';
import { SimilarTo } from './similar-to.type.ts';

const LIKES = 'At most 10. Items that are not parsed yet have no effect.';

@InputType({ description: 'How the matches should differ from what was searched with.' })
export class Refinement implements Wanted {
  @Field(() => [SimilarTo], {
    nullable: true,
    description: `Garments and items that matches should also resemble. ${LIKES}`,
  })
  moreLike?: SimilarTo[] | null;

  @Field(() => [SimilarTo], {
    nullable: true,
    description: `Garments and items that matches should not resemble. These items are not listed. ${LIKES}`,
  })
  lessLike?: SimilarTo[] | null;

  @Field(() => Category, {
    nullable: true,
    description: 'Find items of this category with the same colour and pattern.',
  })
  category?: Category | null;

  @Field(() => [Category], {
    nullable: true,
    description:
      'Find items of these categories alone, unless `category` or the words name another: "as a skirt". At most 13.',
  })
  within?: Category[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What should be different, in English, German, French or Spanish, at most 200 characters: "this but in blue", ' +
      '"as a skirt", ' +
      '"striped", "size M", "with pockets", "cheaper", "under 50 euros". `interpretation` tells how it was understood.',
  })
  words?: string | null;
}

@ObjectType({ description: 'How the words of a refinement were understood.' })
export class Interpretation implements Interpreted {
  @Field(() => [Colour], {
    complexity: listCost(),
    description: "Colours to search for instead of the garment's own.",
  })
  colours!: readonly ColourName[];

  @Field(() => [Category], {
    complexity: listCost(),
    description: 'Matches must have one of these categories.',
  })
  categories!: readonly Category[];

  @Field(() => [Pattern], {
    complexity: listCost(),
    description: 'Matches must have one of these patterns.',
  })
  patterns!: readonly PatternName[];

  @Field(() => [String], {
    complexity: listCost(),
    description: 'Matches must have one of these sizes.',
  })
  sizes!: readonly string[];

  @Field(() => [String], {
    complexity: listCost(),
    description: 'Words that the title of a match must contain.',
  })
  titleWords!: readonly string[];

  @Field(() => Float, {
    nullable: true,
    description: "Lowest price of a match, in major units of the shop's currency.",
  })
  minPrice!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Highest price of a match, in major units of the shop's currency.",
  })
  maxPrice!: number | null;

  @Field(() => [String], {
    complexity: listCost(),
    description:
      'Words that were left out: they stand in no title of the shop, or name a size that no item has or a price that cannot be told, such as one ' +
      "in another currency than the shop's.",
  })
  notUnderstood!: readonly string[];

  @Field(() => [String], {
    complexity: listCost(),
    description:
      'Phrases that were understood but ignored, such as "not red", or "cheaper" than a photo, which has no price.',
  })
  ignored!: readonly string[];
}
