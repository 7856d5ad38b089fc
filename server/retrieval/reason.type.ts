import { Field, Float, ObjectType } from 'type-graphql';
import { Category } from '../vocabulary/category.ts';
import { Colour } from '../vocabulary/colour.ts';
import type { ColourName } from '../vocabulary/taxonomy.ts';
import type { ColourComparison } from './compare-colours.ts';
import type { Agreement, Reason as FoundReason } from './reason.ts';

const AGREES = {
  nullable: true,
  description: 'Whether the two are the same. Null if either is unknown.',
} as const;
const SIMILARITY = {
  nullable: true,
  description:
    'Cosine similarity of this part of the two embeddings, −1 to 1. Null if the model has no such part.',
} as const;

@ObjectType({ description: 'How the categories (shape and cut) compare.' })
export class CategoryReason implements Agreement<Category> {
  @Field(() => Category, { nullable: true, description: 'Category searched for.' })
  query!: Category | null;

  @Field(() => Category, {
    nullable: true,
    description: "Category of the match: the feed's, or the detected one where the feed names none.",
  })
  match!: Category | null;

  @Field(() => Boolean, AGREES)
  agrees!: boolean | null;

  @Field(() => Float, SIMILARITY)
  similarity!: number | null;
}

@ObjectType({ description: 'How the dominant colours compare.' })
export class ColourReason implements ColourComparison {
  @Field(() => Colour, { nullable: true, description: 'Colour searched for.' })
  query!: ColourName | null;

  @Field(() => Colour, {
    nullable: true,
    description: "Colour of the match: the feed's, or the detected one where the feed names none.",
  })
  match!: ColourName | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the two are the same. Null if either is unknown, and where they are too close to tell.',
  })
  agrees!: boolean | null;

  @Field(() => Float, SIMILARITY)
  similarity!: number | null;

  /** Not in the API: how the summary says it. */
  words!: string | null;
}

@ObjectType({ description: 'How the patterns (prints, stripes, weaves) compare.' })
export class PatternReason {
  @Field(() => Float, SIMILARITY)
  similarity!: number | null;
}

@ObjectType({ description: 'Why an item matches, part by part.' })
export class Reason implements FoundReason {
  @Field(() => CategoryReason, { description: 'Shape and cut.' })
  category!: CategoryReason;

  @Field(() => ColourReason, { description: 'Dominant colour.' })
  colour!: ColourReason;

  @Field(() => PatternReason, { description: 'Prints, stripes and weaves.' })
  pattern!: PatternReason;

  @Field(() => String, {
    description:
      'A short summary in English, such as "same category (skirt), another blue (cobalt), pattern alike".',
  })
  summary!: string;
}
