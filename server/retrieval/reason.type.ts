import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Category } from '../vocabulary/category.ts';
import { Colour } from '../vocabulary/colour.ts';
import { Pattern } from '../vocabulary/pattern.ts';
import type { ColourName, PatternName } from '../vocabulary/taxonomy.ts';
import type { ColourRelation } from './compare-colours.ts';
import type { Agreement, Reason as FoundReason, Likeness as HowAlike } from './reason.ts';

const Likeness = { ALIKE: 'alike', PARTLY: 'partly', DIFFERENT: 'different' } as const satisfies Record<
  string,
  HowAlike
>;
registerEnumType(Likeness, {
  name: 'Likeness',
  description: 'How alike one part of two embeddings is, at a glance.',
  valuesConfig: {
    ALIKE: { description: 'Alike.' },
    PARTLY: { description: 'Partly alike.' },
    DIFFERENT: { description: 'Different.' },
  },
});

const Relation = {
  SAME: 'same',
  ANOTHER_SHADE: 'another shade',
  CLOSE: 'close',
  OTHER: 'other',
} as const satisfies Record<string, ColourRelation>;
registerEnumType(Relation, {
  name: 'ColourRelation',
  description: 'How the colour of a match compares with what was searched for, as the eye sees it.',
  valuesConfig: {
    SAME: { description: 'The same colour.' },
    ANOTHER_SHADE: { description: 'Another shade of it, such as cobalt beside sky blue.' },
    CLOSE: { description: 'Close, though named otherwise.' },
    OTHER: { description: 'Another colour.' },
  },
});

const AGREES = {
  nullable: true,
  description: 'Whether the two are the same. Null if either is unknown.',
} as const;
const SIMILARITY = {
  nullable: true,
  description:
    'Cosine similarity of this part of the two embeddings, −1 to 1. Null if the model has no such part.',
} as const;
const LIKENESS = {
  nullable: true,
  description: 'The similarity, at a glance. Null if the model has no such part.',
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

  @Field(() => Likeness, LIKENESS)
  likeness!: HowAlike | null;
}

@ObjectType({ description: 'How the dominant colours compare.' })
export class ColourReason implements NonNullable<FoundReason['colour']> {
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

  @Field(() => Likeness, LIKENESS)
  likeness!: HowAlike | null;

  @Field(() => Relation, { nullable: true, description: 'How they compare. Null if too little is known.' })
  relation!: ColourRelation | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Colour of the match in the feed's word, else in English as the picture shows it. Null where it is a mere guess.",
  })
  word!: string | null;

  /** Not in the API: how the summary says it. */
  words!: string | null;
}

@ObjectType({ description: 'How the patterns (prints, stripes, weaves) compare.' })
export class PatternReason implements Agreement<PatternName> {
  @Field(() => Pattern, { nullable: true, description: 'Pattern searched for.' })
  query!: PatternName | null;

  @Field(() => Pattern, {
    nullable: true,
    description: "Pattern of the match: the feed's, or what the model sees where the feed names none.",
  })
  match!: PatternName | null;

  @Field(() => Boolean, AGREES)
  agrees!: boolean | null;

  @Field(() => Float, SIMILARITY)
  similarity!: number | null;

  @Field(() => Likeness, LIKENESS)
  likeness!: HowAlike | null;
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
      'A short summary in English, such as "same category (skirt), another blue (cobalt), same pattern (striped)".',
  })
  summary!: string;
}
