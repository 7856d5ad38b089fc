import { Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../graphql/node.ts';
import { Category } from '../vocabulary/category.ts';
import { Colour } from '../vocabulary/colour.ts';
import { Pattern } from '../vocabulary/pattern.ts';
import { Sleeve, sleeveOf } from '../vocabulary/sleeve.ts';
import type { ColourName, PatternName, SleeveName } from '../vocabulary/taxonomy.ts';
import type { GarmentRow } from './garments.sql.ts';

export enum MaskFormat {
  PATH = 'path',
  RLE = 'rle',
}
registerEnumType(MaskFormat, {
  name: 'MaskFormat',
  description: 'Encoding of a mask.',
  valuesConfig: {
    PATH: { description: 'SVG path data, in pixels of the upright image.' },
    RLE: { description: "COCO's compressed run-length encoding, at the size of the upright image." },
  },
});

export enum GarmentOrigin {
  PARSED = 'parsed',
  DRAWN = 'drawn',
}
registerEnumType(GarmentOrigin, {
  name: 'GarmentOrigin',
  description: 'How a garment was found.',
  valuesConfig: {
    PARSED: { description: 'The parser found it.' },
    DRAWN: { description: 'Somebody drew a box around it.' },
  },
});

/** Called BoxInput when used as an input. */
@InputType('BoxInput', {
  description: 'A rectangle in pixels of the upright image. The origin is the top left corner.',
})
@ObjectType({ description: 'A rectangle in pixels of the upright image. The origin is the top left corner.' })
export class Box {
  @Field(() => Float, { description: 'Left edge.' })
  x1!: number;

  @Field(() => Float, { description: 'Top edge.' })
  y1!: number;

  @Field(() => Float, { description: 'Right edge.' })
  x2!: number;

  @Field(() => Float, { description: 'Bottom edge.' })
  y2!: number;
}

const CONFIDENCE = {
  description: 'Calibrated confidence, 0 to 1: the share of such guesses that are right.',
};

@ObjectType({ description: 'The pattern of a garment as the model sees it.' })
export class GarmentPattern {
  @Field(() => Pattern, { description: 'The pattern.' })
  value!: PatternName;

  @Field(() => Float, CONFIDENCE)
  confidence!: number;
}

@ObjectType({ description: 'The sleeves of a garment, by its category.' })
export class GarmentSleeve {
  @Field(() => Sleeve, { description: 'The sleeves.' })
  value!: SleeveName;

  @Field(() => Float, {
    description:
      'That of the category: the `score` of the garment, or 1 where a merchandiser has corrected it.',
  })
  confidence!: number;
}

@ObjectType({ description: 'What shoppers filter by, as it is seen in the picture.' })
export class GarmentAttributes {
  @Field(() => GarmentPattern, { nullable: true, description: 'Null where the model is not sure enough.' })
  pattern!: GarmentPattern | null;

  @Field(() => GarmentSleeve, {
    nullable: true,
    description: 'Null where the category says nothing of sleeves.',
  })
  sleeve!: GarmentSleeve | null;
}

/** Its other fields are in garments.resolver.ts; `similarItems` is in retrieval/. */
@ObjectType({ implements: Node, description: "A garment found in a shopper's photo or in an item's image." })
export class Garment {
  @Field(() => ID, { description: 'Identifies the garment.' })
  id!: string;

  @Field(() => Category, {
    nullable: true,
    description:
      'Category of the garment. Null if none was recognised: for a whole image, and for a drawn box in ' +
      'which the parser found nothing.',
  })
  category!: Category | null;

  @Field(() => Colour, {
    nullable: true,
    description:
      "Dominant colour: of the garment's own pixels, or as the embedding model detects it. Null if neither is known.",
  })
  colour!: ColourName | null;

  @Field(() => GarmentAttributes, { description: 'Pattern and sleeves.' })
  attributes!: GarmentAttributes;

  @Field(() => Float, {
    description:
      'Calibrated confidence, 0 to 1: the share of garments with this score that the parser got right.',
  })
  score!: number;

  @Field(() => Box, { description: 'Bounding box.' })
  box!: Box;

  @Field(() => Boolean, {
    description: 'True if no garment was found and the whole image was embedded instead.',
  })
  whole!: boolean;

  @Field(() => GarmentOrigin, { description: 'How the garment was found.' })
  origin!: GarmentOrigin;

  @Field(() => Category, {
    nullable: true,
    description: "The parser's category, also where a merchandiser has corrected `category`.",
  })
  parsedCategory!: Category | null;

  @Field(() => Boolean, { description: 'Whether a merchandiser has corrected the category.' })
  corrected!: boolean;

  @Field(() => Boolean, { description: "Whether a merchandiser chose it as its item's primary garment." })
  chosen!: boolean;

  /** Not in the API: the source of the garment's other fields. */
  row!: GarmentRow;
}

export function toGarment(row: GarmentRow): Garment {
  const [x1, y1, x2, y2] = row.box;
  return {
    id: row.id,
    category: row.category,
    colour: row.colour,
    attributes: attributesOf(row),
    score: row.score,
    box: { x1, y1, x2, y2 },
    whole: row.whole,
    origin: row.origin as GarmentOrigin,
    parsedCategory: row.corrected ? row.parsedCategory : row.category,
    corrected: row.corrected,
    chosen: row.chosen,
    row,
  };
}

function attributesOf({
  pattern,
  patternConfidence,
  category,
  corrected,
  score,
}: GarmentRow): GarmentAttributes {
  const sleeve = sleeveOf(category);
  return {
    pattern: pattern && { value: pattern, confidence: patternConfidence ?? 0 },
    sleeve: sleeve && { value: sleeve, confidence: corrected ? 1 : score },
  };
}
