import { Field, Float, ObjectType } from 'type-graphql';
import { Category } from '../vocabulary/category.ts';
import { Colour } from '../vocabulary/colour.ts';
import type { ColourName } from '../vocabulary/taxonomy.ts';
import type { Agreement, Reason as FoundReason } from './reason.ts';

const AGREES = { nullable: true, description: 'Null where one of the two is not known.' } as const;
const SIMILARITY = {
  nullable: true,
  description: "Cosine of this part of the two garments' embeddings; null where the model has no such part.",
} as const;

@ObjectType({ description: 'Shape and cut.' })
export class CategoryReason implements Agreement<Category> {
  @Field(() => Category, { nullable: true, description: 'What was looked for.' })
  query!: Category | null;

  @Field(() => Category, { nullable: true, description: "The feed's word on it, else the parser's." })
  match!: Category | null;

  @Field(() => Boolean, AGREES)
  agrees!: boolean | null;

  @Field(() => Float, SIMILARITY)
  similarity!: number | null;
}

@ObjectType({ description: 'Dominant colours.' })
export class ColourReason implements Agreement<ColourName> {
  @Field(() => Colour, { nullable: true, description: 'What was looked for.' })
  query!: ColourName | null;

  @Field(() => Colour, { nullable: true, description: "Of the match's primary garment." })
  match!: ColourName | null;

  @Field(() => Boolean, AGREES)
  agrees!: boolean | null;

  @Field(() => Float, SIMILARITY)
  similarity!: number | null;
}

@ObjectType({ description: 'Prints, stripes and weaves.' })
export class PatternReason {
  @Field(() => Float, SIMILARITY)
  similarity!: number | null;
}

@ObjectType({ description: 'Why an item matches, part by part.' })
export class Reason implements FoundReason {
  @Field(() => CategoryReason, { description: 'Shape and cut.' })
  category!: CategoryReason;

  @Field(() => ColourReason, { description: 'Dominant colours.' })
  colour!: ColourReason;

  @Field(() => PatternReason, { description: 'Prints, stripes and weaves.' })
  pattern!: PatternReason;

  @Field(() => String, {
    description:
      'In a few English words, such as "same category (skirt), other colour (navy), pattern alike".',
  })
  summary!: string;
}
